import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import {
  AttestationStanding,
  Compliance,
  type DeviceSummary,
  type FleetStrip as FleetData,
  Platform,
  RiskLevel,
} from '@vedette/contracts';
import {
  Button,
  buttonClass,
  Card,
  Chip,
  ComplianceChip,
  EmptyState,
  FilterSelect,
  FleetStrip,
  RelativeTime,
  RiskChip,
} from '@vedette/ui';
import { Plus, Smartphone, X } from 'lucide-react';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import type { Column } from '../../app/column.ts';
import { ROW_LINK } from '../../app/data-table.tsx';
import { FreshBar } from '../../app/fresh-bar.tsx';
import { ListSearch } from '../../app/list-parts.tsx';
import { ListTable } from '../../app/list-table.tsx';
import { Page } from '../../app/page.tsx';
import { STANDING_LOOK } from '../../lib/attestation-words.ts';
import { deviceLine } from '../../lib/devices-words.ts';
import { oneOf } from '../../lib/search-state.ts';
import { useTheme } from '../../lib/theme.ts';

const route = getRouteApi('/shell/devices');

const COLUMNS: readonly Column<DeviceSummary>[] = [
  {
    id: 'name',
    header: 'Device',
    sort: 'name',
    grow: true,
    cell: (device) => (
      <div className="min-w-[150px]">
        <div className="flex items-center gap-2">
          <Link to="/devices/$id" params={{ id: device.id }} className={`${ROW_LINK} truncate`}>
            {device.name}
          </Link>
          {device.simulated ? <Chip>simulated</Chip> : null}
        </div>
        <p className="text-12 text-ink-3">
          {deviceLine(device.facts)}
          {device.owner === null ? '' : ` · ${device.owner}`}
        </p>
        <p className="md:hidden mt-1 flex flex-wrap gap-1.5">
          <ComplianceChip compliance={device.compliance} />
        </p>
      </div>
    ),
  },
  { id: 'risk', header: 'Risk', sort: 'risk', cell: (device) => <RiskChip risk={device.riskLevel} /> },
  {
    id: 'compliance',
    header: 'Compliance',
    from: 'wide',
    cell: (device) => <ComplianceChip compliance={device.compliance} />,
  },
  {
    id: 'threats',
    header: 'Open threats',
    from: 'wider',
    cell: (device) =>
      device.openThreats === 0 ? (
        <span className="text-ink-3">none</span>
      ) : (
        <span className="block max-w-[300px] truncate">
          <span className="font-semibold">{device.openThreats}</span>{' '}
          <span className="text-ink-2">{device.topThreat}</span>
        </span>
      ),
  },
  {
    id: 'patch',
    header: 'Patch level',
    from: 'wider',
    cell: (device) => <span className="text-ink-2 whitespace-nowrap">{device.facts.patchLevel ?? '–'}</span>,
  },
  {
    id: 'lastReport',
    header: 'Last report',
    sort: 'lastReport',
    from: 'wide',
    cell: (device) => <span className="text-ink-2">{<RelativeTime at={device.lastReportAt} never="none yet" />}</span>,
  },
];

export function DevicesPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/devices' });
  const { theme } = useTheme();
  const strip = useQuery(queries.strip());
  const [selected, setSelected] = useState<FleetData['devices'] | null>(null);
  const sort = search.sort ?? 'risk';
  const list = useInfiniteQuery(queries.devices({ ...search, sort }));
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const filtered =
    search.q !== undefined ||
    search.platform !== undefined ||
    search.risk !== undefined ||
    search.compliance !== undefined ||
    search.attestation !== undefined;
  return (
    <Page
      title="Devices"
      titleAside={<FreshBar list="devices" noun="device" />}
      actions={
        <Link to="/settings" search={{ tab: 'enrolment', create: '1' }} className={buttonClass('primary')}>
          <Plus size={16} aria-hidden /> Enrol devices
        </Link>
      }
    >
      <div className="flex flex-col gap-4">
        {strip.data !== undefined && strip.data.devices.length > 0 ? (
          <div className="card px-4 py-3">
            <FleetStrip
              devices={strip.data.devices}
              theme={theme}
              onOpen={(id) => void navigate({ to: '/devices/$id', params: { id } })}
              onSelect={(devices) => setSelected([...devices])}
            />
          </div>
        ) : null}
        {selected === null ? null : <Selection devices={selected} onClose={() => setSelected(null)} />}
        <ListTable
          query={list}
          what="The list of devices"
          noun="devices"
          name="devices"
          label="Devices"
          columns={COLUMNS}
          rowKey={(device) => device.id}
          sort={sort}
          descending={sort !== 'name'}
          onSort={(next) => set({ sort: oneOf(next, ['name', 'lastReport']) })}
          filters={
            <>
              <ListSearch
                label="Name, owner, model"
                value={search.q ?? ''}
                onChange={(q) => set({ q: q === '' ? undefined : q })}
              />
              <FilterSelect
                label="Risk"
                value={search.risk ?? ''}
                onChange={(value) => set({ risk: oneOf(value, RiskLevel.options) })}
                options={RISK_OPTIONS}
              />
              <FilterSelect
                label="Compliance"
                value={search.compliance ?? ''}
                onChange={(value) => set({ compliance: oneOf(value, Compliance.options) })}
                options={COMPLIANCE_OPTIONS}
              />
              <FilterSelect
                label="Attestation"
                value={search.attestation ?? ''}
                onChange={(value) => set({ attestation: oneOf(value, AttestationStanding.options) })}
                options={ATTESTATION_OPTIONS}
              />
              <FilterSelect
                label="Platform"
                value={search.platform ?? ''}
                onChange={(value) => set({ platform: oneOf(value, Platform.options) })}
                options={PLATFORM_OPTIONS}
              />
            </>
          }
          onClear={
            filtered
              ? () =>
                  set({
                    q: undefined,
                    risk: undefined,
                    compliance: undefined,
                    attestation: undefined,
                    platform: undefined,
                  })
              : undefined
          }
          empty={<NoDevices filtered={filtered} />}
        />
      </div>
    </Page>
  );
}

const RISK_OPTIONS = [
  { value: '', label: 'any' },
  { value: 'critical', label: 'Critical' },
  { value: 'high', label: 'High' },
  { value: 'medium', label: 'Medium' },
  { value: 'low', label: 'Low' },
  { value: 'unknown', label: 'Unknown' },
  { value: 'none', label: 'No risk seen' },
];
const COMPLIANCE_OPTIONS = [
  { value: '', label: 'any' },
  { value: 'non-compliant', label: 'Not compliant' },
  { value: 'unknown', label: 'Unknown' },
  { value: 'compliant', label: 'Compliant' },
];
const ATTESTATION_OPTIONS = [
  { value: '', label: 'any' },
  ...AttestationStanding.options.map((value) => ({ value, label: STANDING_LOOK[value].word })),
];
const PLATFORM_OPTIONS = [
  { value: '', label: 'any' },
  { value: 'android', label: 'Android' },
  { value: 'ios', label: 'iOS' },
];

function NoDevices({ filtered }: { readonly filtered: boolean }) {
  return filtered ? (
    <EmptyState title="No device matches">Take a filter away, or search for another part of the name.</EmptyState>
  ) : (
    <EmptyState
      title="No device is enrolled yet"
      icon={<Smartphone size={24} strokeWidth={1.5} aria-hidden />}
      action={
        <Link to="/settings" search={{ tab: 'enrolment', create: '1' }} className={buttonClass('primary')}>
          <Plus size={16} aria-hidden /> Enrol devices
        </Link>
      }
    >
      An enrolment token is a QR code or link that makes a phone or tablet known to this server.
    </EmptyState>
  );
}

/** What the brush took from the strip. */
function Selection({ devices, onClose }: { readonly devices: FleetData['devices']; readonly onClose: () => void }) {
  const shown = devices.slice(0, 60);
  return (
    <Card
      title={`${devices.length} selected in the strip`}
      aside={
        <Button kind="quiet" size="sm" onClick={onClose}>
          <X size={14} aria-hidden /> Clear
        </Button>
      }
    >
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(240px,1fr))] gap-x-6 gap-y-1.5">
        {shown.map((device) => (
          <li key={device.id} className="flex gap-2 items-center min-w-0">
            <RiskChip risk={device.riskLevel} />
            <Link to="/devices/$id" params={{ id: device.id }} className="link truncate">
              {device.name}
            </Link>
          </li>
        ))}
      </ul>
      {devices.length > shown.length ? (
        <p className="mt-2 text-13 text-ink-3">
          and {devices.length - shown.length} more; select a narrower stretch to list them.
        </p>
      ) : null}
    </Card>
  );
}
