import { buildSignedData } from '@vedette/formats/builders';
import { receiptFields } from './receipt-fields.ts';
import { authorityExtension, issueCertificate, makeParty, type TestParty } from './test-authority.ts';

export const MINT_APP_ID = 'ABCDE12345.io.vedette.agent';

/** What a minted receipt says; every field has the default of one that was made a minute before `at`. */
export interface ReceiptMint {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly publicKey: Uint8Array;
  readonly appId?: string;
  readonly createdAt?: number;
  readonly expiresAt?: number;
  readonly riskMetric?: number;
  /** Signs with another key than the certificate's. */
  readonly forged?: boolean;
  /** Changes the content after it was signed. */
  readonly altered?: boolean;
  /** No signer at all. */
  readonly unsigned?: boolean;
  /** Who signs the signer, in place of a fresh root. */
  readonly root?: { readonly party: TestParty; readonly subject: { readonly CN: string } };
  /** Fields by number, in place of or beside the usual ones. */
  readonly fields?: ReadonlyMap<number, Uint8Array | string>;
}

const ROOT = { CN: 'Test Receipt Root' };
const MINUTE_MS = 60_000;
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';

/** Makes a receipt of App Attest as Apple does, with whatever fault is asked for. */
export function mintReceipt(mint: ReceiptMint): { readonly receipt: Uint8Array; readonly root: Uint8Array } {
  const [root, signer, other] = [mint.root?.party ?? makeParty('p256'), makeParty('p256'), makeParty('p256')];
  const subject = mint.root?.subject ?? ROOT;
  const rootDer = issueCertificate(root, root, { subject, extensions: authorityExtension() ?? {} });
  const certificate = issueCertificate(signer, root, {
    subject: { CN: 'Receipt Signing' },
    issuer: subject,
    serialNumber: 2,
  });
  const iso = (ms: number): string => new Date(ms).toISOString();
  const contentOf = (type: string): Uint8Array =>
    receiptFields(
      new Map<number, Uint8Array | string>([
        [2, mint.appId ?? MINT_APP_ID],
        [3, mint.publicKey],
        [6, type],
        [12, iso(mint.createdAt ?? mint.at - MINUTE_MS)],
        [17, String(mint.riskMetric ?? 1)],
        [21, iso(mint.expiresAt ?? mint.at + 90 * 24 * 60 * MINUTE_MS)],
        ...(mint.fields ?? []),
      ]),
    );
  const content = contentOf(mint.altered === true ? 'ATTEST' : 'RECEIPT');
  const signature = (mint.forged === true ? other : signer).sign(contentOf('RECEIPT'));
  const signers = mint.unsigned === true ? [] : [{ certificate, signatureAlgorithm: ECDSA_WITH_SHA256, signature }];
  return { receipt: buildSignedData({ certificates: [certificate], content, signers }), root: rootDer };
}
