import * as fc from 'fast-check';

/** Text of any code points, with many of those that terminals obey or that hide text. (fast-check's own `binary` unit is slow to set up.) */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xff }),
      fc.integer({ min: 0x2000, max: 0x206f }),
      fc.integer({ min: 0, max: 0x10ffff }),
    ),
    { maxLength: 60 },
  )
  .map((codes) => String.fromCodePoint(...codes));
