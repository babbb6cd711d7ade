import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type DeviceDetail, type Finding, hasSource, SIGNALS, type Signal } from '@vedette/contracts';
import { Button, Card, Chip, ComplianceChip, PostureBoard, RelativeTime, RiskChip, Skeleton, Tabs } from '@vedette/ui';
import { Pencil } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { queries } from '../../api/queries.ts';
import { Page } from '../../app/page.tsx';
import { QueryState } from '../../app/query-state.tsx';
import { useEvidence } from '../../app/use-evidence.tsx';
import { useMayEdit } from '../../app/use-may-edit.ts';
import { deviceLine } from '../../lib/devices-words.ts';
import { findingOfSignal } from '../../lib/finding-of-signal.ts';
import { AttestationCard } from './attestation-card.tsx';
import { DecisionCard } from './decision-card.tsx';
import { DeviceActions } from './device-actions.tsx';
import { DeviceEvents } from './device-events.tsx';
import { DeviceThreats } from './device-threats.tsx';
import { DeviceTimelineCard } from './device-timeline-card.tsx';
import { DeviceUsageCard } from './device-usage-card.tsx';
import { EditDeviceDialog } from './edit-device-dialog.tsx';
import { Identity } from './identity.tsx';
import { ReportsLedger } from './reports-ledger.tsx';
import { RetireDialog } from './retire-dialog.tsx';

// The table of apps brings the table library with it; it is loaded when its tab is opened.
const DeviceApps = lazy(async () => ({ default: (await import('./device-apps.tsx')).DeviceApps }));

const route = getRouteApi('/shell/devices/$id');

export function DevicePage() {
  const { id } = route.useParams();
  const device = useQuery(queries.device(id));
  if (device.data === undefined) {
    return (
      <Page title="Device" back={{ to: '/devices', label: 'Devices' }}>
        <QueryState query={device} what="This device" rows={14}>
          {() => null}
        </QueryState>
      </Page>
    );
  }
  return <Loaded device={device.data} />;
}

/** A signal without a finding of its own still has evidence: the observation it was judged on. */
export function signalFinding(signal: Signal): Finding {
  const about = SIGNALS[signal.id];
  return {
    ruleId: `signal:${signal.id}`,
    ruleVersion: 1,
    title: about.title,
    severity: 'info',
    status: signal.status,
    description: signal.reason ?? signal.value,
    remedy: about.remedy,
    evidence:
      signal.source === null || signal.trust === null
        ? []
        : [
            {
              kind: 'observation',
              signal: signal.id,
              source: signal.source,
              trust: signal.trust,
              value: signal.value,
              observedAt: signal.observedAt,
              note: 'What was seen',
              ...(signal.rawRef === undefined ? {} : { rawRef: signal.rawRef }),
            },
          ],
  };
}

function Loaded({ device }: { readonly device: DeviceDetail }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/devices/$id' });
  const mayEdit = useMayEdit();
  const [editing, setEditing] = useState(false);
  const [retiring, setRetiring] = useState(false);
  const setOpen = useCallback(
    (evidence: string | undefined) =>
      void navigate({ search: (before) => ({ ...before, evidence }), replace: true, resetScroll: false }),
    [navigate],
  );
  const findings = useMemo(() => [...device.findings, ...device.signals.map(signalFinding)], [device]);
  const { drawer, show } = useEvidence(findings, search.evidence, setOpen);
  const openSignal = (signal: Signal) => {
    const finding = findingOfSignal(signal, device.findings);
    show(finding?.ruleId ?? `signal:${signal.id}`);
  };
  const openThreats = device.threats.filter((threat) => threat.state === 'open').length;
  const tabs = [
    { value: 'threats', label: 'Threats', count: openThreats, content: <DeviceThreats threats={device.threats} /> },
    {
      value: 'apps',
      label: 'Apps',
      count: device.apps.length,
      content: (
        <Suspense fallback={<Skeleton rows={6} label="Loading the apps" />}>
          <DeviceApps apps={device.apps} complete={device.appsComplete} />
        </Suspense>
      ),
    },
    {
      value: 'actions',
      label: 'Actions',
      count: device.actions.length,
      content: <DeviceActions actions={device.actions} />,
    },
    { value: 'events', label: 'Events', count: device.events.length, content: <DeviceEvents events={device.events} /> },
    { value: 'reports', label: 'Reports', content: <ReportsLedger device={device} reportId={search.report} /> },
    {
      value: 'identity',
      label: 'Identity',
      content: (
        <Identity
          device={device}
          onRetire={mayEdit && device.state === 'active' ? () => setRetiring(true) : undefined}
        />
      ),
    },
  ];
  const tab = tabs.some((candidate) => candidate.value === search.tab) ? (search.tab ?? 'threats') : 'threats';
  return (
    <Page
      title={device.name}
      back={{ to: '/devices', label: 'Devices' }}
      titleAside={
        <>
          <RiskChip risk={device.riskLevel} />
          <ComplianceChip compliance={device.compliance} />
          {device.simulated ? <Chip title="Made by the fleet simulator; no such phone exists">simulated</Chip> : null}
          {device.state === 'retired' ? <Chip>retired</Chip> : null}
        </>
      }
      lead={
        <>
          {deviceLine(device.facts)}
          {device.owner === null ? '' : `. Carried by ${device.owner}`}. Last report{' '}
          <RelativeTime at={device.lastReportAt} never="none yet" />.
        </>
      }
      actions={
        mayEdit ? (
          <Button onClick={() => setEditing(true)}>
            <Pencil size={15} aria-hidden /> Name and owner
          </Button>
        ) : undefined
      }
      drawer={drawer}
    >
      <div className="flex flex-col gap-4">
        <DecisionCard device={device} />
        <Card title="Posture">
          <PostureBoard signals={device.signals.filter(hasSource)} onOpen={openSignal} />
        </Card>
        <AttestationCard deviceId={device.id} />
        <DeviceTimelineCard deviceId={device.id} days={Number(search.days ?? '14')} />
        <DeviceUsageCard deviceId={device.id} />
        <Tabs
          label="About this device"
          tabs={tabs}
          value={tab}
          onChange={(value) =>
            void navigate({
              search: (before) => ({ ...before, tab: value === 'threats' ? undefined : value, report: undefined }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      </div>
      <EditDeviceDialog device={device} open={editing} onOpenChange={setEditing} />
      <RetireDialog device={device} open={retiring} onOpenChange={setRetiring} />
      <p className="sr-only">
        <Link to="/devices">Back to all devices</Link>
      </p>
    </Page>
  );
}
