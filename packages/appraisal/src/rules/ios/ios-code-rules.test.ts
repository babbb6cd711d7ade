import { type MachOSpec, objcSections } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { fakeIosApp, shownBy } from '../../testing/fake-ios-app.ts';

describe('ios.code.no-arc', () => {
  const built = (imports: readonly string[], withClass: boolean): string | null => {
    const machO: MachOSpec = {
      ...(withClass ? objcSections({ className: 'Cart', superclass: null, methods: ['go'] }) : {}),
      libraries: [{ path: '/usr/lib/libobjc.A.dylib' }],
      symbols: imports.map((name) => ({ name, kind: 'import', library: 1 })),
    };
    return shownBy('ios.code.no-arc', fakeIosApp({ machO }));
  };

  it('finds classes without the functions of ARC', () => {
    expect(built(['_objc_msgSend'], true)).toContain('no import');
    expect(built(['_objc_msgSend', '_objc_release'], true)).toBeNull();
    expect(built(['_objc_msgSend'], false)).toBeNull();
    expect(built([], true)).toBeNull();
  });
});
