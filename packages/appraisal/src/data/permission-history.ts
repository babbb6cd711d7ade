/**
 * Since which API level a permission guards what it guards; on older phones the same is open, or was given at installation without asking.
 * Source: `since` and behaviour changes in the reference of android.Manifest.permission. Names without the prefix `android.permission.`.
 */
export const PERMISSION_HISTORY: readonly (readonly [name: string, api: number, before: string])[] = [
  ['POST_NOTIFICATIONS', 33, 'every app may post notifications'],
  ['NEARBY_WIFI_DEVICES', 33, 'the location is needed instead'],
  ['READ_MEDIA_IMAGES', 33, 'all shared files are needed instead'],
  ['READ_MEDIA_VIDEO', 33, 'all shared files are needed instead'],
  ['READ_MEDIA_AUDIO', 33, 'all shared files are needed instead'],
  ['BODY_SENSORS_BACKGROUND', 33, 'sensors may be read in the background without it'],
  ['BLUETOOTH_SCAN', 31, 'the location is needed instead'],
  ['BLUETOOTH_CONNECT', 31, 'it is given at installation'],
  ['SCHEDULE_EXACT_ALARM', 31, 'every app may set exact alarms'],
  ['QUERY_ALL_PACKAGES', 30, 'every app sees all others'],
  ['MANAGE_EXTERNAL_STORAGE', 30, 'the storage permission gives the same'],
  ['ACCESS_BACKGROUND_LOCATION', 29, 'the location may be read in the background without it'],
  ['ACTIVITY_RECOGNITION', 29, 'every app may ask for movements'],
  ['ACCESS_MEDIA_LOCATION', 29, 'places in pictures come with the pictures'],
  ['USE_FULL_SCREEN_INTENT', 29, 'every app may fill the screen'],
  ['FOREGROUND_SERVICE', 28, 'every app may run services in the foreground'],
  ['READ_PHONE_NUMBERS', 26, 'the state of the phone gives the same'],
  ['ANSWER_PHONE_CALLS', 26, 'calls are answered by other ways'],
  ['REQUEST_INSTALL_PACKAGES', 26, 'every app may ask to install, if unknown sources are allowed'],
  ['SYSTEM_ALERT_WINDOW', 23, 'it is given at installation'],
  ['WRITE_SETTINGS', 23, 'it is given at installation'],
];
