import type { Rule } from '../../rule.ts';
import { BIOMETRIC_RULES } from './auth/biometric-rules.ts';
import { CIPHER_RULES } from './crypto/cipher-rules.ts';
import { KEY_RULES } from './crypto/key-rules.ts';
import { RANDOM_RULES } from './crypto/random-rules.ts';
import { DEVICE_CHECK_RULES } from './device/device-check-rules.ts';
import { DYNAMIC_CODE_RULES } from './dynamic-code/dynamic-code-rules.ts';
import { INTENT_RULES } from './ipc/intent-rules.ts';
import { PENDING_INTENT_RULES } from './ipc/pending-intent-rules.ts';
import { RECEIVER_RULES } from './ipc/receiver-rules.ts';
import { OUTPUT_RULES } from './privacy/output-rules.ts';
import { PERSONAL_DATA_RULES } from './privacy/personal-data-rules.ts';
import { STORAGE_RULES } from './storage/storage-rules.ts';
import { TLS_RULES } from './tls/tls-rules.ts';
import { WEBVIEW_CONTENT_RULES } from './webview/webview-content-rules.ts';
import { WEBVIEW_SETTING_RULES } from './webview/webview-setting-rules.ts';

/** The rules about code that are written as tables, by topic. */
export const CODE_FAMILY_RULES: readonly Rule[] = [
  ...CIPHER_RULES,
  ...KEY_RULES,
  ...RANDOM_RULES,
  ...TLS_RULES,
  ...WEBVIEW_SETTING_RULES,
  ...WEBVIEW_CONTENT_RULES,
  ...STORAGE_RULES,
  ...PENDING_INTENT_RULES,
  ...RECEIVER_RULES,
  ...INTENT_RULES,
  ...PERSONAL_DATA_RULES,
  ...OUTPUT_RULES,
  ...DEVICE_CHECK_RULES,
  ...DYNAMIC_CODE_RULES,
  ...BIOMETRIC_RULES,
];
