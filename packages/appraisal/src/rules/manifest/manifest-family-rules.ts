import type { Rule } from '../../rule.ts';
import { BOUND_SERVICE_RULES } from '../component/bound-service-rules.ts';
import { EXPOSURE_RULES } from '../component/exposure-rules.ts';
import { FOREGROUND_SERVICE_RULES } from '../component/foreground-service-rules.ts';
import { PROVIDER_RULES } from '../component/provider-rules.ts';
import { SERVICE_CONFIG_RULES } from '../component/service-config-rules.ts';
import { NETWORK_CONFIG_RULES } from '../network/network-config-rules.ts';
import { MINOR_PERMISSION_RULES } from '../permission/minor-permissions.ts';
import { PERMISSION_FACT_RULES } from '../permission/permission-fact-rules.ts';
import { APPLICATION_RULES } from './application-rules.ts';
import { BACKUP_RULES } from './backup-rules.ts';
import { LINK_RULES } from './link-rules.ts';
import { PLATFORM_LEVEL_RULES } from './platform-level-rules.ts';

/** The rules about the manifest and what it leads to that are written as tables, by topic. */
export const MANIFEST_FAMILY_RULES: readonly Rule[] = [
  ...APPLICATION_RULES,
  ...PLATFORM_LEVEL_RULES,
  ...BACKUP_RULES,
  ...LINK_RULES,
  ...PROVIDER_RULES,
  ...EXPOSURE_RULES,
  ...FOREGROUND_SERVICE_RULES,
  ...SERVICE_CONFIG_RULES,
  ...BOUND_SERVICE_RULES,
  ...MINOR_PERMISSION_RULES,
  ...PERMISSION_FACT_RULES,
  ...NETWORK_CONFIG_RULES,
];
