import type { Delivery } from '@vedette/contracts';

export function aDelivery(more: Partial<Delivery> = {}): Delivery {
  return {
    idempotencyKey: '0197a000-0000-7000-8000-000000000001:do',
    phase: 'do',
    organisation: 'Example Ltd',
    effect: 'notify',
    audience: 'admin',
    at: '2026-11-22T12:00:00.000Z',
    device: {
      id: '0197a000-0000-7000-8000-000000000002',
      name: 'Pixel 8',
      platform: 'android',
      owner: 'Ana',
      simulated: false,
    },
    rule: { id: 'no-screen-lock', title: 'Screen lock is off', severity: 'high', userText: 'Set a PIN in Settings.' },
    decision: { riskLevel: 'high', compliance: 'non-compliant' },
    threats: [
      {
        id: '0197a000-0000-7000-8000-000000000003',
        title: 'No screen lock',
        severity: 'high',
        openedAt: '2026-11-22T11:00:00.000Z',
      },
    ],
    link: 'https://vedette.example/devices/0197a000-0000-7000-8000-000000000002',
    ...more,
  };
}
