import { expect, it } from 'vitest';
import { permissionProtections } from './permission-protection.ts';

it.each([
  ['android.permission.INTERNET', 'normal'],
  ['android.permission.CAMERA', 'dangerous'],
  ['android.permission.SYSTEM_ALERT_WINDOW', 'special'],
  ['android.permission.INSTALL_PACKAGES', 'signature'],
  ['com.example.permission.CAMERA', 'unknown'],
  ['android.permission.CAMERA ', 'unknown'],
])('%s is %s', (name, expected) => {
  expect(permissionProtections()(name)).toBe(expected);
});
