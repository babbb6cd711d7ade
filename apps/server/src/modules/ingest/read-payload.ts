import type { z } from 'zod';
import { AgentRefused, type RefusedSender } from './agent-refused.ts';
import { storable } from './storable.ts';

/** Checks a verified payload against its schema. @throws AgentRefused `malformed`, naming the first place that is wrong */
export function readPayload<T extends z.ZodType>(payload: unknown, shape: T, sender: RefusedSender | null): z.infer<T> {
  let cleaned: unknown;
  try {
    cleaned = storable(payload);
  } catch {
    throw new AgentRefused('malformed', 'The payload is nested too deeply', sender);
  }
  const parsed = shape.safeParse(cleaned);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue === undefined ? '' : issue.path.slice(0, 8).map(String).join('.').slice(0, 200);
  throw new AgentRefused(
    'malformed',
    `The payload is not valid at ${path === '' ? 'its root' : path}: ${issue?.message ?? ''}`.slice(0, 500),
    sender,
  );
}
