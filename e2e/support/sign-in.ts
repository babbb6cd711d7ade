import type { Page } from 'playwright-core';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Signs in as a person does, and waits for the overview. */
export async function signIn(page: Page, baseUrl: string, credentials: Credentials): Promise<void> {
  await page.goto(`${baseUrl}/signin`);
  await page.getByLabel('E-mail').fill(credentials.email);
  await page.getByLabel('Password').fill(credentials.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}

export interface FirstAdministrator extends Credentials {
  readonly code: string;
  readonly organisation: string;
  readonly name: string;
}

/** Sets a new server up as a person does; signs in by it. */
export async function setUp(page: Page, baseUrl: string, admin: FirstAdministrator): Promise<void> {
  await page.goto(`${baseUrl}/setup#code=${admin.code}`);
  await page.getByLabel('Organisation').fill(admin.organisation);
  await page.getByLabel('Your name').fill(admin.name);
  await page.getByLabel('E-mail').fill(admin.email);
  await page.getByLabel('Password').fill(admin.password);
  await page.getByRole('button', { name: 'Set up and sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}
