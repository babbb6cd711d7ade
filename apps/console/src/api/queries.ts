import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  ActionList,
  type ActionState,
  AppDetail,
  AppList,
  AppraisalJobList,
  AttestationHealth,
  AttestationSettingsView,
  AuditList,
  ConnectorList,
  DeviceAttestationList,
  DeviceDetail,
  DeviceList,
  DeviceTimeline,
  DeviceUsage,
  EnrolmentTokenList,
  FleetStrip,
  LedgerEntry,
  NetworkList,
  Overview,
  PolicyVersion,
  PolicyVersionList,
  SearchResult,
  Session,
  SetupStatus,
  ThreatDetail,
  ThreatList,
} from '@vedette/contracts';
import type { z } from 'zod';
import { queryString, request } from './client.ts';

export type Filters = Readonly<Record<string, string | undefined>>;
const PAGE = 50;
const LIVE_PAGE = 12;

/** States of actions that still matter outside, in the order they are to be looked at. */
export const LIVE_ACTION_STATES = ['failed', 'undo-pending', 'pending', 'waiting', 'in-force'] as const;

function listQuery<T extends z.ZodType<{ items: unknown[]; nextCursor: string | null; total: number }>>(
  key: string,
  schema: T,
  path: string,
  filters: Filters,
) {
  return infiniteQueryOptions({
    queryKey: [key, 'list', filters],
    queryFn: ({ pageParam }) =>
      request(schema, `${path}${queryString({ ...filters, cursor: pageParam, limit: PAGE })}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** Every question the console asks the server, with its cache key. The first part of a key is what a server-sent event names. */
export const queries = {
  setup: () => queryOptions({ queryKey: ['setup'], queryFn: () => request(SetupStatus, '/setup') }),
  session: () =>
    queryOptions({
      queryKey: ['session'],
      queryFn: () => request(Session, '/session'),
      staleTime: 300_000,
      retry: false,
    }),
  overview: () => queryOptions({ queryKey: ['overview'], queryFn: () => request(Overview, '/overview') }),
  devices: (filters: Filters) => listQuery('devices', DeviceList, '/devices', filters),
  strip: () => queryOptions({ queryKey: ['devices', 'strip'], queryFn: () => request(FleetStrip, '/devices/strip') }),
  device: (id: string) =>
    queryOptions({
      queryKey: ['device', id],
      queryFn: () => request(DeviceDetail, `/devices/${encodeURIComponent(id)}`),
    }),
  timeline: (id: string, days: number) =>
    queryOptions({
      queryKey: ['device', id, 'timeline', days],
      queryFn: () => {
        const to = new Date();
        const from = new Date(to.getTime() - days * 86_400_000);
        return request(
          DeviceTimeline,
          `/devices/${encodeURIComponent(id)}/timeline${queryString({ from: from.toISOString(), to: to.toISOString() })}`,
        );
      },
      placeholderData: keepPreviousData,
    }),
  usage: (id: string) =>
    queryOptions({
      queryKey: ['device', id, 'usage'],
      queryFn: () => request(DeviceUsage, `/devices/${encodeURIComponent(id)}/usage`),
    }),
  attestations: (id: string) =>
    queryOptions({
      queryKey: ['device', id, 'attestations'],
      queryFn: () => request(DeviceAttestationList, `/devices/${encodeURIComponent(id)}/attestations`),
    }),
  attestationHealth: () =>
    queryOptions({
      queryKey: ['attestation', 'health'],
      queryFn: () => request(AttestationHealth, '/attestation/health'),
    }),
  attestationSettings: () =>
    queryOptions({
      queryKey: ['attestation', 'settings'],
      queryFn: () => request(AttestationSettingsView, '/attestation/settings'),
    }),
  ledger: (id: string, reportId: string) =>
    queryOptions({
      queryKey: ['ledger', id, reportId],
      queryFn: () => request(LedgerEntry, `/devices/${encodeURIComponent(id)}/reports/${encodeURIComponent(reportId)}`),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  threats: (filters: Filters) => listQuery('threats', ThreatList, '/threats', filters),
  threat: (id: string) =>
    queryOptions({
      queryKey: ['threat', id],
      queryFn: () => request(ThreatDetail, `/threats/${encodeURIComponent(id)}`),
    }),
  apps: (filters: Filters) => listQuery('apps', AppList, '/apps', filters),
  app: (sha256: string) =>
    queryOptions({
      queryKey: ['app', sha256],
      queryFn: () => request(AppDetail, `/apps/${encodeURIComponent(sha256)}`),
    }),
  jobs: () => queryOptions({ queryKey: ['appraisals'], queryFn: () => request(AppraisalJobList, '/appraisals') }),
  networks: () => queryOptions({ queryKey: ['networks'], queryFn: () => request(NetworkList, '/networks') }),
  policy: () => queryOptions({ queryKey: ['policy'], queryFn: () => request(PolicyVersion, '/policy') }),
  policyVersions: () =>
    queryOptions({ queryKey: ['policy', 'versions'], queryFn: () => request(PolicyVersionList, '/policy/versions') }),
  actions: (filters: Filters) => listQuery('actions', ActionList, '/actions', filters),
  actionsIn: (state: ActionState, connector: string | undefined) =>
    queryOptions({
      queryKey: ['actions', 'in', state, connector],
      queryFn: () => request(ActionList, `/actions${queryString({ state, connector, limit: LIVE_PAGE })}`),
      placeholderData: keepPreviousData,
    }),
  connectors: () => queryOptions({ queryKey: ['connectors'], queryFn: () => request(ConnectorList, '/connectors') }),
  tokens: () =>
    queryOptions({ queryKey: ['enrolment'], queryFn: () => request(EnrolmentTokenList, '/enrolment/tokens') }),
  audit: () => listQuery('audit', AuditList, '/audit', {}),
  search: (q: string) =>
    queryOptions({
      queryKey: ['search', q],
      queryFn: () => request(SearchResult, `/search${queryString({ q })}`),
      enabled: q.trim().length > 1,
      placeholderData: keepPreviousData,
    }),
} as const;
