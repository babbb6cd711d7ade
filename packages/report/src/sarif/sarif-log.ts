/**
 * The part of SARIF 2.1.0 (OASIS Standard, errata 01) that reports use. Names are the standard's.
 */
export interface SarifMessage {
  readonly text: string;
  readonly markdown?: string;
}

export interface SarifLocation {
  readonly id?: number;
  readonly message?: SarifMessage;
  readonly physicalLocation?: {
    readonly artifactLocation: SarifArtifactLocation;
    readonly region?: { readonly startLine: number };
  };
  readonly logicalLocations?: readonly SarifLogicalLocation[];
  readonly properties?: Readonly<Record<string, string | number>>;
}

export interface SarifArtifactLocation {
  readonly uri?: string;
  readonly uriBaseId?: string;
  readonly index?: number;
}

export interface SarifLogicalLocation {
  readonly name: string;
  readonly fullyQualifiedName: string;
  readonly kind: string;
}

export interface SarifArtifact {
  readonly location: SarifArtifactLocation;
  readonly parentIndex?: number;
  readonly length?: number;
  readonly hashes?: Readonly<Record<string, string>>;
  readonly roles?: readonly string[];
  readonly description?: SarifMessage;
}

export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: SarifMessage;
  readonly fullDescription: SarifMessage;
  readonly help: SarifMessage;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly relationships?: readonly {
    readonly target: {
      readonly id: string;
      readonly index: number;
      readonly toolComponent: { readonly name: string; readonly index: number };
    };
    readonly kinds: readonly string[];
  }[];
  readonly properties: {
    readonly tags: readonly string[];
    readonly precision: string;
    readonly 'security-severity'?: string;
  };
}

export type SarifLevel = 'error' | 'warning' | 'note' | 'none';

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: 'fail' | 'open' | 'pass' | 'informational';
  readonly level: SarifLevel;
  readonly message: SarifMessage;
  readonly locations: readonly SarifLocation[];
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly { readonly locations: readonly { readonly location: SarifLocation }[] }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly {
    readonly kind: 'external';
    readonly status: 'accepted';
    readonly justification: string;
  }[];
  readonly properties: Readonly<Record<string, string | number>>;
}

export interface SarifNotification {
  readonly level: SarifLevel;
  readonly message: SarifMessage;
  readonly descriptor?: { readonly id: string };
}

export interface SarifTaxonomy {
  readonly name: string;
  readonly organization: string;
  readonly shortDescription: SarifMessage;
  readonly informationUri: string;
  readonly isComprehensive: false;
  readonly taxa: readonly { readonly id: string }[];
}

export interface SarifRun {
  readonly tool: {
    readonly driver: {
      readonly name: string;
      readonly version: string;
      readonly semanticVersion?: string;
      readonly rules: readonly SarifRule[];
      readonly supportedTaxonomies?: readonly { readonly name: string; readonly index: number }[];
    };
  };
  readonly automationDetails: { readonly id: string };
  readonly originalUriBaseIds: Readonly<Record<string, { readonly description: SarifMessage }>>;
  readonly artifacts: readonly SarifArtifact[];
  readonly taxonomies?: readonly SarifTaxonomy[];
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly SarifNotification[];
  }[];
  readonly results: readonly SarifResult[];
  readonly columnKind: 'utf16CodeUnits';
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}
