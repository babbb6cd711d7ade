import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Card, Facts, Hash, Tabs } from '@vedette/ui';
import { queries } from '../../api/queries.ts';
import { Page } from '../../app/page.tsx';
import { Appearance } from './appearance.tsx';
import { AttestationPanel } from './attestation-panel.tsx';
import { AuditLog } from './audit-log.tsx';
import { EnrolmentPanel } from './enrolment-panel.tsx';

const route = getRouteApi('/shell/settings');
const TABS = ['enrolment', 'attestation', 'organisation', 'audit', 'appearance'] as const;

export function SettingsPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/settings' });
  return (
    <Page title="Settings">
      <Tabs
        label="Settings"
        value={search.tab ?? 'enrolment'}
        onChange={(value) => {
          const tab = TABS.find((candidate) => candidate === value);
          void navigate({ search: tab === undefined || tab === 'enrolment' ? {} : { tab }, replace: true });
        }}
        tabs={[
          {
            value: 'enrolment',
            label: 'Enrolment',
            content: (
              <EnrolmentPanel
                create={search.create === '1'}
                onCreateClosed={() =>
                  void navigate({ search: (before) => ({ ...before, create: undefined }), replace: true })
                }
              />
            ),
          },
          { value: 'attestation', label: 'Attestation', content: <AttestationPanel /> },
          { value: 'organisation', label: 'Organisation and session', content: <Organisation /> },
          { value: 'audit', label: 'Audit log', content: <AuditLog /> },
          { value: 'appearance', label: 'Appearance', content: <Appearance /> },
        ]}
      />
    </Page>
  );
}

function Organisation() {
  const { data: session } = useSuspenseQuery(queries.session());
  return (
    <div className="grid md:grid-cols-2 gap-4 items-start">
      <Card title="Organisation">
        <Facts
          items={[
            { name: 'Name', value: session.organisation.name },
            { name: 'Id', value: <Hash value={session.organisation.id} full label="Copy id" /> },
            { name: 'Server', value: `Vedette ${session.version}` },
          ]}
        />
      </Card>
      <Card title="Session">
        <Facts
          items={[
            { name: 'Name', value: session.user.name },
            { name: 'E-mail', value: session.user.email },
            {
              name: 'Role',
              value:
                session.user.role === 'admin'
                  ? 'Administrator: may change everything'
                  : 'Viewer: may look at everything, change nothing',
            },
          ]}
        />
      </Card>
    </div>
  );
}
