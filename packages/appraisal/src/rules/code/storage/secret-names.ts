/** Names of stored values that promise a secret, not names of settings about one (`password_visible`, `tokenType`). */
const SECRET_NAME =
  /(?:^|[_.\-\s]|(?<=[a-z]))(?:[Pp]ass(?:word|wd|phrase|code)|PASS(?:WORD|WD|PHRASE|CODE)|[Pp]wd|PWD|[Aa]ccess[_-]?[Tt]oken|ACCESS_TOKEN|[Rr]efresh[_-]?[Tt]oken|REFRESH_TOKEN|[Aa]uth[_-]?[Tt]oken|AUTH_TOKEN|[Ss]ession[_-]?(?:[Tt]oken|[Kk]ey)|[Pp]rivate[_-]?[Kk]ey|PRIVATE_KEY|[Ss]ecret[_-]?[Kk]ey|SECRET_KEY|[Cc]lient[_-]?[Ss]ecret|[Cc]redit[_-]?[Cc]ard|[Cc]vv|CVV|[Pp]in[_-]?[Cc]ode|PIN_CODE)$/;

/** Whether a value under this name is likely a secret. */
export function isSecretName(name: string): boolean {
  return name.length <= 60 && SECRET_NAME.test(name);
}
