import type { HostModel } from './classify.ts';

export const MODEL: HostModel = { means: [], deviations: [], weights: [], bias: -10, threshold: 0.9 };
