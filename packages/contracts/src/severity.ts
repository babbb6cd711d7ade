import { z } from 'zod';
import { SEVERITIES } from './vocabulary.ts';

export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;
