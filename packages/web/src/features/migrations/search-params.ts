import type {
  AccessChange,
  AccountType,
  DestinationState,
  ItemEffect,
  MigrationState,
  Outcome,
  Problem,
  ProofCause,
  UndoAction,
} from "@rehome/schema";
import { readChoice, readFlag, readText } from "../../shared/search-params.ts";
import { readPageSearch, type PageSearch } from "../../shared/use-keyset-pager.ts";
import {
  accessChangeWords,
  accountTypeWords,
  destinationStateWords,
  effectWords,
  migrationStateWords,
  outcomeWords,
  problemWords,
  proofCauseWords,
} from "../../shared/words.ts";
import { undoActionWords } from "./undo-words.ts";

/** The URL of the list of migrations. */
export interface MigrationsSearch extends PageSearch {
  search?: string;
  state?: MigrationState;
  attention?: true;
}

/** The tabs of one migration's page. */
export const migrationTabs = ["overview", "accounts", "attention", "events", "proof", "reports"] as const;
export type MigrationTab = (typeof migrationTabs)[number];

/** The filters of a list of items, shared by the plan, the accounts tab and the attention queue. */
export interface ItemSearch extends PageSearch {
  search?: string;
  outcome?: Outcome;
  sourceType?: AccountType;
  destinationState?: DestinationState;
  effect?: ItemEffect;
  problem?: Problem;
}

/** The URL of one migration: its tab, and the filters of the tab. */
export interface MigrationSearch extends ItemSearch {
  tab?: MigrationTab;
  change?: AccessChange;
  cause?: ProofCause;
  unexplained?: true;
}

/** The URL of the attention queue; `item` is the one open at the side. */
export interface AttentionSearch extends PageSearch {
  search?: string;
  problem?: Problem;
  item?: string;
}

/** The URL of the undo page: a person to begin with, and whom the list shows. */
export interface UndoSearch extends PageSearch {
  item?: string;
  action?: UndoAction | "ALL";
}

/** Reads the list's URL. */
export function readMigrationsSearch(search: Record<string, unknown>): MigrationsSearch {
  return {
    search: readText(search.search),
    state: readChoice(migrationStateWords, search.state),
    attention: readFlag(search.attention),
    ...readPageSearch(search),
  };
}

/** Reads the filters of a list of items. */
export function readItemSearch(search: Record<string, unknown>): ItemSearch {
  return {
    search: readText(search.search),
    outcome: readChoice(outcomeWords, search.outcome),
    sourceType: readChoice(accountTypeWords, search.sourceType),
    destinationState: readChoice(destinationStateWords, search.destinationState),
    effect: readChoice(effectWords, search.effect),
    problem: readChoice(problemWords, search.problem),
    ...readPageSearch(search),
  };
}

/** Reads one migration's URL. */
export function readMigrationSearch(search: Record<string, unknown>): MigrationSearch {
  const tab = migrationTabs.find((candidate) => candidate === search.tab);
  return {
    ...readItemSearch(search),
    tab,
    change: readChoice(accessChangeWords, search.change),
    cause: readChoice(proofCauseWords, search.cause),
    unexplained: readFlag(search.unexplained),
  };
}

/** Reads the attention queue's URL. */
export function readAttentionSearch(search: Record<string, unknown>): AttentionSearch {
  return {
    search: readText(search.search),
    problem: readChoice(problemWords, search.problem),
    item: readText(search.item),
    ...readPageSearch(search),
  };
}

/** Reads the undo page's URL. */
export function readUndoSearch(search: Record<string, unknown>): UndoSearch {
  return {
    item: readText(search.item),
    action: search.action === "ALL" ? "ALL" : readChoice(undoActionWords, search.action),
    ...readPageSearch(search),
  };
}

/** The URL of the guided start, so that a reload or a shared link goes on where it was. Steps count from 1. */
export interface NewMigrationSearch {
  step?: 2 | 3 | 4;
  from?: string;
  to?: string;
  /** Keys of the chosen service projects; absent for all customers. */
  projects?: string[];
}

/** Reads the guided start's URL; a step without both sites is the first. */
export function readNewMigrationSearch(search: Record<string, unknown>): NewMigrationSearch {
  const from = readText(search.from);
  const to = readText(search.to);
  const projects = Array.isArray(search.projects)
    ? search.projects.filter((key): key is string => typeof key === "string")
    : undefined;
  const step = from && to ? ([2, 3, 4] as const).find((candidate) => candidate === search.step) : undefined;
  return { step, from, to, projects };
}
