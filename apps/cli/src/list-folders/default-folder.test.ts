import { expect, it } from 'vitest';
import { defaultFolder } from './default-folder.ts';

it('lists are where the environment says, else where data of programs is', () => {
  expect(defaultFolder('indicators', { VEDETTE_INDICATORS: '/a', XDG_DATA_HOME: '/b' })).toBe('/a');
  expect(defaultFolder('indicators', { XDG_DATA_HOME: '/b' })).toBe('/b/vedette/indicators');
  expect(defaultFolder('indicators', {})).toMatch(/\.local\/share\/vedette\/indicators$/);
});
