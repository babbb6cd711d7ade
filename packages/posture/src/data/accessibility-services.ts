/** Accessibility services of system makers that people need and that may be updated from a store. */
export const KNOWN_ACCESSIBILITY_PACKAGES: ReadonlyMap<string, string> = new Map([
  ['com.google.android.marvin.talkback', 'Android Accessibility Suite'],
  ['com.samsung.android.accessibility.talkback', 'TalkBack (Samsung)'],
  ['com.google.android.apps.accessibility.voiceaccess', 'Voice Access'],
  ['com.google.audio.hearing.visualization.accessibility.scribe', 'Live Transcribe'],
  ['com.google.android.accessibility.switchaccess', 'Switch Access'],
]);
