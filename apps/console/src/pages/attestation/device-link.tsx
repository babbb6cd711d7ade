import { Link } from '@tanstack/react-router';

/** A device by its name, with its model below. */
export function DeviceLink({
  device,
}: {
  readonly device: { readonly id: string; readonly name: string; readonly model: string | null };
}) {
  return (
    <span className="block min-w-[140px]">
      <Link to="/devices/$id" params={{ id: device.id }} className="link font-semibold">
        {device.name}
      </Link>
      <span className="block text-12 text-ink-3">{device.model ?? ''}</span>
    </span>
  );
}
