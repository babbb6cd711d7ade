import { testRule } from '../../testing/test-rule.ts';
import { screenCapture } from './screen-capture.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(screenCapture, {
  bad: {
    'a call': {
      code: codeOf(
        'call android.media.projection.MediaProjection.createVirtualDisplay(Ljava/lang/String;IIIILandroid/view/Surface;Landroid/hardware/display/VirtualDisplay$Callback;Landroid/os/Handler;)Landroid/hardware/display/VirtualDisplay;',
      ),
      shows: 'com.example.app.A',
    },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf('call android.hardware.display.DisplayManager.getDisplays()[Landroid/view/Display;'),
    },
    'the name in a string': {
      code: codeOf(
        'string android.media.projection.MediaProjection.createVirtualDisplay(Ljava/lang/String;IIIILandroid/view/Surface;Landroid/hardware/display/VirtualDisplay$Callback;Landroid/os/Handler;)Landroid/hardware/display/VirtualDisplay;',
      ),
    },
  },
});
