import { callOn, callStatic, dalvik } from '../../../testing/dalvik.ts';
import { testTable } from '../../../testing/test-table.ts';
import { DEVICE_CHECK_RULES } from './device-check-rules.ts';

const call = (target: string) => ({
  bad: dalvik(callOn(target)),
  good: dalvik(callOn('java.lang.Object.hashCode()I')),
});
const setting = (name: string) =>
  dalvik(
    callStatic(
      'android.provider.Settings$Global.getInt(Landroid/content/ContentResolver;Ljava/lang/String;I)I',
      undefined,
      name,
    ),
  );

testTable(DEVICE_CHECK_RULES, {
  'asks-for-integrity': call(
    'com.google.android.play.core.integrity.IntegrityManager.requestIntegrityToken(Ljava/lang/Object;)Ljava/lang/Object;',
  ),
  'asks-for-developer-mode': { bad: setting('adb_enabled'), shows: 'adb_enabled', good: setting('airplane_mode_on') },
  'asks-for-false-location': call('android.location.Location.isFromMockProvider()Z'),
  'asks-for-screen-lock': call('android.app.KeyguardManager.isDeviceSecure()Z'),
  'asks-for-running-processes': call('android.app.ActivityManager.getRunningAppProcesses()Ljava/util/List;'),
  'reads-movement-sensors': call(
    'android.hardware.SensorManager.registerListener(Landroid/hardware/SensorEventListener;Landroid/hardware/Sensor;I)Z',
  ),
});
