import { Button, ProgressBar } from '@vedette/ui';
import { Usb } from 'lucide-react';
import type { UsbProgress } from './usb-phone.ts';

/** A phone on a cable: the browser asks it itself. Only browsers made from Chromium can. */
export function UsbStart({ onUsb }: { readonly onUsb: () => void }) {
  const able = 'usb' in navigator;
  return (
    <section className="card p-4 flex flex-wrap items-center gap-x-4 gap-y-3">
      <Usb size={24} strokeWidth={1.5} aria-hidden className="flex-none text-ink-3" />
      <div className="grow basis-[280px]">
        <h2 className="text-14 font-semibold">An Android phone on a cable</h2>
        <p className="text-14 text-ink-2">
          {able
            ? 'Turn on USB debugging on the phone, plug it in, and end adb if it runs (adb kill-server). The browser asks it questions that only read.'
            : 'This browser cannot talk to phones on USB; Chrome and Edge can. On the command line: vedette check --adb'}
        </p>
      </div>
      {able ? <Button onClick={onUsb}>Choose the phone</Button> : null}
    </section>
  );
}

/** While a phone is asked. */
export function UsbAsking({ progress }: { readonly progress: UsbProgress | null }) {
  return (
    <div className="card p-8 flex flex-col items-center gap-3" role="status">
      {progress?.step === 'asking' ? (
        <>
          <p className="text-16 font-semibold">Asking the phone</p>
          <p className="text-13 text-ink-2">
            <code>{progress.command}</code>, {progress.index + 1} of {progress.total}
          </p>
          <ProgressBar share={progress.index / progress.total} label="Asking" wide />
        </>
      ) : (
        <>
          <p className="text-16 font-semibold">
            {progress === null ? 'Choose the phone in the browser’s list' : 'Look at the phone'}
          </p>
          <p className="text-13 text-ink-2">
            {progress === null
              ? 'It is there when it is plugged in and USB debugging is on.'
              : 'Unlock it and accept “Allow USB debugging?”'}
          </p>
        </>
      )}
    </div>
  );
}
