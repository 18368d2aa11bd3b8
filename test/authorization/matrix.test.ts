import type { Express } from "express";
import { GraphQLObjectType, GraphQLSchema, GraphQLString, isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { denyUnlistedFields } from "../../packages/server/src/platform/graphql/access.ts";
import { buildSchema } from "../../packages/server/src/resolvers.ts";
import { testServices } from "../kit/services.ts";
import { SchemaDesk, watchFields, type Answer } from "./ask.ts";
import { faultsIn, judge, judgeStatus, plain } from "./judge.ts";
import { typeRules } from "./object-rules.ts";
import { routeRules } from "./route-rules.ts";
import { fieldRules } from "./rules.ts";
import { listRoutes } from "./routes.ts";
import { idPlaces, operationText, variablesOf, type AnyField } from "./operations.ts";
import { everybody, roleNames, type RoleName } from "./roles.ts";
import { findGaps } from "./find-gaps.ts";
import { openMatrixWorld, type Examples, type MatrixWorld } from "./world.ts";

// Every field and route that is served, asked by every role for what is its own organization's, another's and nobody's,
// and held against rules.ts. One field or route more or less than the rules name fails.

const missing = "01900000-0000-7000-8000-00000000dead";
const kinds = ["Query", "Mutation", "Subscription"] as const;
type Kind = (typeof kinds)[number];
type Target = "own" | "other" | "missing";

// Only names are needed before the server is there: tests are named by them.
const built = buildSchema(testServices());
const rootFields = kinds.flatMap((kind) =>
  fieldsOf(built, kind).map((field) => [`${kind}.${field.name}`, kind, field.name] as const),
);

let world: MatrixWorld;
let desk: SchemaDesk;
let schema: GraphQLSchema;
let app: Express;
let cells = 0;
/** Which roles were handed out which fields of objects. */
const handedOut = new Map<string, Set<RoleName>>();

beforeAll(async () => {
  world = await openMatrixWorld();
  ({ schema, app } = world.server.served);
  watchFields(schema);
  desk = new SchemaDesk(world.server);
});
afterAll(async () => {
  await desk?.close();
  await world?.server.stop();
});

function fieldsOf(of: GraphQLSchema, kind: Kind): AnyField[] {
  const type = of.getType(kind);
  return isObjectType(type) ? (Object.values(type.getFields()) as AnyField[]) : [];
}

/** Examples that stand for what is the role's own, another organization's, or nobody's. */
function examplesFor(role: RoleName, target: Target): Examples {
  const isAcme = (target === "own") === (role !== "OTHER_ADMIN");
  const examples = isAcme ? world.examples.acme : world.examples.other;
  return target === "missing"
    ? Object.fromEntries(Object.keys(examples).map((key) => [key, missing]))
    : examples;
}

/** Ids that nobody of the role's organization may ever read. */
function foreignIds(role: RoleName): string[] {
  const { acme, other } = world.examples;
  return Object.values(role === "OTHER_ADMIN" ? acme : other).map(String);
}

function pickFrom(name: string, examples: Examples): (place: string) => unknown {
  const values = fieldRules[name]?.values ?? {};
  return (place) => {
    if (place in values) {
      return values[place];
    }
    return examples[`${name}.${place}`] ?? examples[place];
  };
}

async function callField(
  kind: Kind,
  name: string,
  role: RoleName,
  pick: (place: string) => unknown,
  depth = 0,
): Promise<Answer> {
  const field = findField(kind, name);
  const text = operationText(kind.toLowerCase() as Lowercase<Kind>, field, schema, depth);
  const variables = variablesOf(field, pick);
  const asker = world.askers[role];
  return kind === "Subscription"
    ? { result: await desk.follow(asker, text, variables), changed: [], seen: new Set<string>() }
    : desk.ask(asker, text, variables, fieldRules[`${kind}.${name}`]?.commits);
}

function findField(kind: Kind, name: string, of = schema): AnyField {
  const found = fieldsOf(of, kind).find((field) => field.name === name);
  if (found === undefined) {
    throw new Error(`${kind}.${name} is not served`);
  }
  return found;
}

describe("the rules name everything that is served, and nothing else", () => {
  it("root fields", () => {
    const served = rootFields.map(([name]) => name);
    expect(findGaps(served, Object.keys(fieldRules), "rules.ts")).toEqual([]);
  });

  it("fields of objects", () => {
    const served = Object.values(built.getTypeMap())
      .filter(
        (type) => isObjectType(type) && !type.name.startsWith("__") && !kinds.includes(type.name as Kind),
      )
      .flatMap((type) =>
        isObjectType(type) ? Object.keys(type.getFields()).map((name) => `${type.name}.${name}`) : [],
      );
    const ruled = Object.entries(typeRules).flatMap(([type, { fields }]) =>
      wordsOf(fields).map((name) => `${type}.${name}`),
    );
    expect(findGaps(served, ruled, "object-rules.ts")).toEqual([]);
  });

  it("routes", () => {
    expect(findGaps(listRoutes(app), Object.keys(routeRules), "route-rules.ts")).toEqual([]);
  });

  it("and an example for every id that is asked for", () => {
    const without = rootFields.flatMap(([name, kind, fieldName]) => {
      const field = findField(kind, fieldName, built);
      const pick = pickFrom(name, world.examples.acme);
      return idPlaces(field)
        .filter((place) => pick(place) === undefined)
        .map(
          (place) =>
            `${name}: add "${place}" (or "${name}.${place}") to the examples in test/authorization/world.ts`,
        );
    });
    expect(without).toEqual([]);
  });
});

describe.each(rootFields)("%s", (name, kind, fieldName) => {
  it("answers who may, and nobody else", async () => {
    const wrong: string[] = [];
    for (const role of roleNames) {
      const pick = pickFrom(name, examplesFor(role, "own"));
      const { result, changed } = await callField(kind, fieldName, role, pick);
      const verdict = judge(result, fieldName);
      const expected = fieldRules[name]?.may.includes(role) ? "allowed" : "refused";
      cells += 1;
      if (verdict !== expected) {
        wrong.push(`${role}: ${verdict}, the rule says ${expected}: ${plain(result).slice(0, 300)}`);
      }
      if (verdict !== "allowed" && changed.length > 0) {
        wrong.push(`${role}: refused, but it changed ${changed.join(", ")}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("hands out what lies below it without a fault, and nothing of another organization", async () => {
    const wrong: string[] = [];
    for (const role of kind === "Subscription" ? [] : roleNames) {
      const pick = pickFrom(name, examplesFor(role, "own"));
      const { result, seen } = await callField(kind, fieldName, role, pick, kind === "Query" ? 4 : 1);
      seen.forEach((place) => handedOut.set(place, (handedOut.get(place) ?? new Set()).add(role)));
      const answer = JSON.stringify(result);
      wrong.push(
        ...foreignIds(role)
          .filter((id) => answer.includes(id))
          .map((id) => `${role} was given ${id} of another organization`),
        ...faultsIn(result).map((fault) => `${role}: ${fault}`),
      );
    }
    expect(wrong).toEqual([]);
  });

  it("answers another organization's like nobody's, and hands out neither", async () => {
    const field = findField(kind, fieldName);
    if (idPlaces(field).length === 0) {
      return;
    }
    const wrong: string[] = [];
    for (const role of roleNames) {
      const answers = [];
      for (const target of ["other", "missing"] as const) {
        const { result } = await callField(kind, fieldName, role, pickFrom(name, examplesFor(role, target)));
        answers.push(plain(result));
        cells += 1;
        const verdict = judge(result, fieldName);
        if (verdict !== "refused") {
          wrong.push(`${role}, ${target}: ${verdict}: ${plain(result).slice(0, 300)}`);
        }
      }
      if (answers[0] !== answers[1]) {
        wrong.push(
          `${role}: another's answers ${answers[0]?.slice(0, 200)}, nobody's ${answers[1]?.slice(0, 200)}`,
        );
      }
    }
    expect(wrong).toEqual([]);
  });

  it("does not mix: one id of another organization among own ones answers like nobody's", async () => {
    const field = findField(kind, fieldName);
    const places = idPlaces(field);
    const wrong: string[] = [];
    for (const place of places.length > 1 ? places : []) {
      const own = pickFrom(name, examplesFor("ADMIN", "own"));
      const foreign = pickFrom(name, examplesFor("ADMIN", "other"));
      const answers = [];
      for (const value of [foreign(place), missing]) {
        const { result } = await callField(kind, fieldName, "ADMIN", (asked) =>
          asked === place ? value : own(asked),
        );
        answers.push(plain(result));
        cells += 1;
      }
      if (answers[0] !== answers[1]) {
        wrong.push(
          `${place}: another's answers ${answers[0]?.slice(0, 300)}, nobody's ${answers[1]?.slice(0, 300)}`,
        );
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe("routes", () => {
  it.each(Object.entries(routeRules))(
    "%s answers who may, and another organization's like nobody's",
    async (name, rule) => {
      const wrong: string[] = [];
      const ask = async (role: RoleName, target: Target): Promise<string> => {
        const [method = "", address = ""] = name.split(" ");
        const { client } = world.askers[role];
        const response = await (rule.ask?.(client, examplesFor(role, target)) ??
          client.fetch(address, { method }));
        cells += 1;
        return `${response.status} ${plain(await response.text())}`;
      };
      for (const role of roleNames) {
        const own = await ask(role, "own");
        const expected = rule.may.includes(role) ? "allowed" : "refused";
        const verdict = judgeStatus(Number(own.slice(0, 3)), rule.may === everybody);
        if (verdict !== expected) {
          wrong.push(`${role}: ${verdict}, the rule says ${expected}: ${own.slice(0, 200)}`);
        }
        if (rule.may !== everybody) {
          const [other, none] = [await ask(role, "other"), await ask(role, "missing")];
          if (other !== none || judgeStatus(Number(none.slice(0, 3))) !== "refused") {
            wrong.push(`${role}: another's answers ${other.slice(0, 200)}, nobody's ${none.slice(0, 200)}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});

describe("fields of objects", () => {
  it.each(Object.entries(typeRules))(
    "%s goes to the roles that the rule names, and to nobody else",
    (type, rule) => {
      const names = wordsOf(rule.fields);
      const unseen = rule.unseen === "all" ? names : wordsOf(rule.unseen ?? "");
      const rolesOf = (name: string): RoleName[] => [...(handedOut.get(`${type}.${name}`) ?? [])];
      cells += names.length * roleNames.length;
      const wrong = names.flatMap((name) =>
        rolesOf(name)
          .filter((role) => !rule.to.includes(role))
          .map((role) => `${name} was handed out to ${role}`),
      );
      const forgotten = names
        .filter((name) => rolesOf(name).length === 0 && !unseen.includes(name))
        .map(
          (name) =>
            `${name} was handed out to nobody: let world.ts have an example, or name it in \`unseen\``,
        );
      const seen = new Set(names.flatMap(rolesOf));
      const never =
        rule.unseen === "all"
          ? []
          : rule.to.filter((role) => !seen.has(role) && rule.unseenBy?.includes(role) !== true);
      expect([...wrong, ...forgotten, ...never.map((role) => `none was handed out to ${role}`)]).toEqual([]);
    },
  );
});

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

describe("the guard itself", () => {
  it("a field without an access rule makes the schema fail", () => {
    const planted = new GraphQLObjectType({
      name: "Query",
      fields: {
        viewer: { type: GraphQLString, extensions: { access: "signed-in" } },
        planted: { type: GraphQLString },
      },
    });
    expect(() => denyUnlistedFields(new GraphQLSchema({ query: planted }))).toThrow(
      /Fields without an access rule: Query\.planted/,
    );
  });

  it("a missing rule and a rule for nothing make the matrix fail, with the line to change", () => {
    const ruled = Object.keys(fieldRules);
    expect(
      findGaps(
        ruled,
        ruled.filter((name) => name !== "Query.migration"),
        "rules.ts",
      ),
    ).toEqual(["Query.migration is served and no rule says to whom: add it to test/authorization/rules.ts"]);
    expect(findGaps(ruled, [...ruled, "Query.gone"], "rules.ts")).toEqual([
      "Query.gone is served no more: take it out of test/authorization/rules.ts",
    ]);
  });

  it("a wrong rule is noticed: who may and who may not are told apart by the answers alone", async () => {
    const verdicts = await Promise.all(
      (["ANONYMOUS", "MEMBER", "ADMIN"] as const).map(async (role) => {
        const { result } = await callField(
          "Query",
          "migration",
          role,
          pickFrom("Query.migration", examplesFor(role, "own")),
        );
        return judge(result, "migration");
      }),
    );
    expect(verdicts).toEqual(["refused", "refused", "allowed"]);
  });

  it("decides every cell", () => {
    process.stdout.write(`Authorization matrix: ${cells} cells, all decided.\n`);
    expect(cells).toBeGreaterThan(6_000);
  });
});
