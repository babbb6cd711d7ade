import { expect, it } from 'vitest';
import { defaultIndicatorFolder } from './default-folder.ts';

it('lists are where the environment says, else where data of programs is', () => {
  expect(defaultIndicatorFolder({ VEDETTE_INDICATORS: '/a', XDG_DATA_HOME: '/b' })).toBe('/a');
  expect(defaultIndicatorFolder({ XDG_DATA_HOME: '/b' })).toBe('/b/vedette/indicators');
  expect(defaultIndicatorFolder({})).toMatch(/\.local\/share\/vedette\/indicators$/);
});
