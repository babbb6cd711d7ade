import { CopyButton } from '@vedette/ui';
import { useState } from 'react';
import { Door } from '../../app/door.tsx';
import { enrolCommand } from '../../lib/enrol-command.ts';

/** What a person sees who opens an enrolment link in a browser instead of with an agent. Sends nothing: the token stays in the fragment. */
export function EnrolLinkPage() {
  const [token] = useState(() => new URLSearchParams(window.location.hash.replace(/^#/, '')).get('t') ?? '');
  const command = enrolCommand(window.location.origin, token === '' ? 'TOKEN' : token);
  return (
    <Door
      wide
      title="Enrol a device"
      lead="Your organisation uses Vedette to check that phones and tablets are safe for work. This link makes one device known to it."
    >
      <div className="flex flex-col gap-4 text-14">
        {token === '' ? (
          <p role="alert" className="rounded-v border border-high bg-high-soft text-high-ink p-3">
            This link is incomplete: the part after <code>#t=</code> is missing. Ask your administrator for the whole
            link or the QR code.
          </p>
        ) : null}
        <div>
          <h2 className="font-semibold">From a computer, with the phone's evidence</h2>
          <p className="text-ink-2 mb-2">
            With Node.js 20 or newer and the phone connected by USB, or its bug report at hand:
          </p>
          <div className="flex items-start gap-1 rounded-v border border-line bg-sunken p-2.5">
            <code className="grow break-all text-12">{command}</code>
            <CopyButton text={command} label="Copy the command" />
          </div>
          <p className="text-13 text-ink-3 mt-1">
            Replace <code>PATH</code> with the bug report or folder.
          </p>
        </div>
        <div>
          <h2 className="font-semibold">What is seen, and what is not</h2>
          <ul className="list-disc pl-5 text-ink-2">
            <li>
              Seen: the system's version and settings, the list of installed apps, signs of tampering with the device or
              its network.
            </li>
            <li>Never seen: messages, photos, contacts, calls, locations, what you do in apps.</li>
            <li>Every report is signed on the device and kept as it was sent, so you can ask to see what was sent.</li>
          </ul>
        </div>
        <p className="text-13 text-ink-3">
          This page has sent nothing. The token is in the part of the address that stays in your browser.
        </p>
      </div>
    </Door>
  );
}
