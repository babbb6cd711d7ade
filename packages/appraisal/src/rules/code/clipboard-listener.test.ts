import { testRule } from '../../testing/test-rule.ts';
import { clipboardListener } from './clipboard-listener.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(clipboardListener, {
  bad: {
    'a call': {
      code: codeOf(
        'call android.content.ClipboardManager.addPrimaryClipChangedListener(Landroid/content/ClipboardManager$OnPrimaryClipChangedListener;)V',
      ),
      shows: 'com.example.app.A',
    },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf('call android.content.ClipboardManager.setPrimaryClip(Landroid/content/ClipData;)V'),
    },
    'the name in a string': {
      code: codeOf(
        'string android.content.ClipboardManager.addPrimaryClipChangedListener(Landroid/content/ClipboardManager$OnPrimaryClipChangedListener;)V',
      ),
    },
  },
});
