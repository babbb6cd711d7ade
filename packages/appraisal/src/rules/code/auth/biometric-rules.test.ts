import { callOn, dalvik } from '../../../testing/dalvik.ts';
import { testTable } from '../../../testing/test-table.ts';
import { BIOMETRIC_RULES } from './biometric-rules.ts';

const PROMPT = 'androidx.biometric.BiometricPrompt';
const authenticate = (parameters: string) => dalvik(callOn(`${PROMPT}.authenticate(${parameters})V`));
const INFO = 'Landroidx/biometric/BiometricPrompt$PromptInfo;';
const built = (method: string, type: string, value?: number | boolean) =>
  dalvik(callOn(`${PROMPT}$PromptInfo$Builder.${method}(${type})${INFO.replace(';', '$Builder;')}`, value));

testTable(BIOMETRIC_RULES, {
  'biometric-without-key': {
    bad: authenticate(INFO),
    good: authenticate(`${INFO}Landroidx/biometric/BiometricPrompt$CryptoObject;`),
  },
  'biometric-weak': {
    bad: built('setAllowedAuthenticators', 'I', 0xff),
    shows: '0xff',
    good: [built('setAllowedAuthenticators', 'I', 0xf), built('setAllowedAuthenticators', 'I')],
  },
  'biometric-or-code': {
    bad: [built('setAllowedAuthenticators', 'I', 0x800f), built('setDeviceCredentialAllowed', 'Z', true)],
    good: [built('setAllowedAuthenticators', 'I', 0xf), built('setDeviceCredentialAllowed', 'Z', false)],
  },
  'biometric-without-confirmation': {
    bad: built('setConfirmationRequired', 'Z', false),
    good: built('setConfirmationRequired', 'Z', true),
  },
});
