import { testRule } from '../../testing/test-rule.ts';
import { cameraPermission } from './camera.ts';

testRule(cameraPermission, {
  bad: {
    CAMERA: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.CAMERA'] },
      shows: 'CAMERA',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.CAMERA'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
