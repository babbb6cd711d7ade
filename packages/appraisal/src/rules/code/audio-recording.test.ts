import { testRule } from '../../testing/test-rule.ts';
import { audioRecording } from './audio-recording.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(audioRecording, {
  bad: {
    'a call': { code: codeOf('call android.media.AudioRecord.startRecording()V'), shows: 'com.example.app.A' },
  },
  good: {
    'a method of the same class that is fine': { code: codeOf('call android.media.AudioTrack.play()V') },
    'the name in a string': { code: codeOf('string android.media.AudioRecord.startRecording()V') },
  },
});
