import { type CompiledPolicy, compilePolicy } from '@vedette/policy';
import type { Tx } from '@vedette/store';

/** The policy of an organisation, ready to decide. */
export interface PolicyInForce {
  readonly version: number;
  readonly policy: CompiledPolicy;
}

/** Compiled policies kept in memory: one version each of this many organisations. */
const MOST_KEPT = 200;

export interface PolicyReader {
  /** @throws Error when the organisation has no policy, or one that does not compile (a newer version of Vedette wrote it) */
  read(tx: Tx, tenantId: string): Promise<PolicyInForce>;
}

/** Reads the policy in force; compiles each version once. */
export function createPolicyReader(): PolicyReader {
  const kept = new Map<string, PolicyInForce>();
  return {
    async read(tx, tenantId) {
      const { version } = await tx
        .selectFrom('policies')
        .where('tenant_id', '=', tenantId)
        .select('version')
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow(() => new Error('the organisation has no policy'));
      const before = kept.get(tenantId);
      if (before?.version === version) return before;
      const { document } = await tx
        .selectFrom('policies')
        .where('tenant_id', '=', tenantId)
        .where('version', '=', version)
        .select('document')
        .executeTakeFirstOrThrow();
      const compiled = compilePolicy(document);
      if ('errors' in compiled) {
        const [first] = compiled.errors;
        throw new Error(`policy version ${version} does not compile: ${first?.path ?? ''} ${first?.message ?? ''}`);
      }
      const inForce = { version, policy: compiled.policy };
      kept.delete(tenantId);
      kept.set(tenantId, inForce);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return inForce;
    },
  };
}
