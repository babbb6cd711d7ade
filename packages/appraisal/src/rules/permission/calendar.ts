import { permissionRule } from '../../permission-rule.ts';

export const calendarPermission = permissionRule({
  name: 'calendar',
  title: 'The app asks for the calendar',
  why: 'Appointments, places and the people met there.',
  permissions: ['READ_CALENDAR', 'WRITE_CALENDAR'],
  note: 'gives access to the calendar',
  severity: 'info',
  dataRisk: { base: 3 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.001'], cwe: ['CWE-250'] },
});
