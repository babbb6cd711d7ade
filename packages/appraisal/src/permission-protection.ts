import type { Appraisal } from '@vedette/contracts';
import {
  DANGEROUS_PERMISSIONS,
  NORMAL_PERMISSIONS,
  SIGNATURE_PERMISSIONS,
  SPECIAL_PERMISSIONS,
} from './data/android-permissions.ts';

type Protection = Appraisal['app']['permissions'][number]['protection'];

/** A lookup from a permission's full name to its protection on current Android; `unknown` for names that are not the platform's. */
export function permissionProtections(): (name: string) => Protection {
  const known = new Map<string, Protection>();
  for (const [protection, names] of [
    ['normal', NORMAL_PERMISSIONS],
    ['dangerous', DANGEROUS_PERMISSIONS],
    ['special', SPECIAL_PERMISSIONS],
    ['signature', SIGNATURE_PERMISSIONS],
  ] as const) {
    for (const name of names.trim().split(/\s+/)) known.set(`android.permission.${name}`, protection);
  }
  return (name) => known.get(name) ?? 'unknown';
}
