import type { Delivery } from '@vedette/contracts';
import type { TestMessage } from '../connector.ts';
import { oneLine } from '../one-line.ts';

/** One message without its envelope. */
export interface EmailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const SUBJECT_LENGTH = 200;
const MAX_THREATS = 20;

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function render(subject: string, paragraphs: readonly string[], bullets: readonly string[], link: string): EmailText {
  const list = bullets.map((bullet) => `- ${bullet}`).join('\n');
  const text = [...paragraphs, ...(bullets.length > 0 ? [list] : []), link].join('\n\n');
  const htmlList =
    bullets.length === 0 ? '' : `<ul>${bullets.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul>`;
  const html = `<!doctype html><html lang="en"><body style="font-family:sans-serif;font-size:15px;line-height:1.5">${paragraphs
    .map((one) => `<p>${escapeHtml(one)}</p>`)
    .join('')}${htmlList}<p><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p></body></html>`;
  return { subject: oneLine(subject, SUBJECT_LENGTH), text: `${text}\n`, html };
}

function deviceName({ device }: Delivery): string {
  const owner = device.owner === null ? '' : ` (${oneLine(device.owner, 80)})`;
  return `${oneLine(device.name, 80)}${owner}${device.simulated ? ' [simulated]' : ''}`;
}

function subjectOf(delivery: Delivery): string {
  const title = oneLine(delivery.rule.title, 100);
  const name = deviceName(delivery);
  if (delivery.phase === 'undo') {
    return delivery.decision.compliance === 'compliant'
      ? `Vedette: ${name} is fine again: solved: ${title}`
      : `Vedette: ${name}: solved: ${title}`;
  }
  return delivery.decision.compliance === 'non-compliant'
    ? `Vedette: ${name} is not compliant: ${title}`
    : `Vedette: ${name}: ${title}`;
}

/** The message of a delivery, the same on every attempt. All text from devices is put on one line and escaped. */
export function deliveryText(delivery: Delivery): EmailText {
  const { rule, decision, phase } = delivery;
  const title = oneLine(rule.title, 200);
  const name = deviceName(delivery);
  const paragraphs =
    phase === 'do'
      ? [`${name}: ${title}.`, oneLine(rule.userText, 1000)]
      : [`${name}: this is solved: ${title}.`, 'There is nothing more to do about it.'];
  paragraphs.push(`${delivery.organisation}: the device is ${decision.compliance}, its risk is ${decision.riskLevel}.`);
  const bullets = delivery.threats
    .slice(0, MAX_THREATS)
    .map((threat) => `${oneLine(threat.title, 200)} (${threat.severity}, since ${threat.openedAt})`);
  const shown = paragraphs.map((one) => oneLine(one, 1200)).filter((one) => one !== '');
  return render(subjectOf(delivery), shown, phase === 'do' ? bullets : [], delivery.link);
}

/** A message that says it is only a test. */
export function testText(message: TestMessage): EmailText {
  const organisation = oneLine(message.organisation, 100);
  return render(
    `Vedette: test message for ${organisation}`,
    [`This is a test message of Vedette for ${organisation}. No device is affected; nothing needs to be done.`],
    [],
    message.link,
  );
}
