import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.ts';

/** True for administrators. The server decides; this only hides what it would refuse. */
export function useMayEdit(): boolean {
  return useQuery(queries.session()).data?.user.role === 'admin';
}
