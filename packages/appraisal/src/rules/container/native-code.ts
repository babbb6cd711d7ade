import { inFile } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Libraries where the platform looks for them: `lib/<abi>/lib*.so`. */
export const nativeCode: Rule = {
  id: 'android.container.native-code',
  version: 1,
  title: 'The app has native code, which was not analysed',
  why: 'What the libraries do is outside of this appraisal.',
  remedy: 'Nothing to do; know the limit.',
  severity: 'info',
  kind: 'fact',
  needs: ['archive'],
  classes: [],
  mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1575'] },
  run(image) {
    return hit(
      image.entries
        .filter(({ path }) => /^lib\/[^/]+\/[^/]+\.so$/.test(path))
        .map(({ path, offset, size }) => inFile(path, `${size} bytes of native code`, { offset })),
    );
  },
};
