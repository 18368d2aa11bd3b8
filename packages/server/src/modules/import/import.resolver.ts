import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { apiError } from "../../platform/graphql/errors.ts";
import { loader } from "../../platform/graphql/loader.ts";
import {
  loadPersonRefs,
  loadProducts,
  loadSites,
  PersonRefType,
  ProductType,
  SiteType,
} from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import type { ImportRowState } from "./import-record.ts";
import { listImports, listProductImports } from "./import.service.ts";
import { ImportFileType, ImportRowConnection, ImportRowStateEnum } from "./import.types.ts";
import { actorOf, toImportFileType } from "./import.view.ts";
import { canReadImports, findVisibleImport } from "./import.visibility.ts";
import { countRowsStatement } from "./sql/count-rows.ts";
import { listRowsStatement } from "./sql/list-rows.ts";
import { listToldRowsStatement } from "./sql/list-told-rows.ts";
import { listUntoldRowsStatement } from "./sql/list-untold-rows.ts";

type Context = RequestContext<Actor>;

/** Uploads: finding them, their rows, and where they go. */
@Resolver(() => ImportFileType)
export class ImportFileResolver {
  @Access("signed-in")
  @Query(() => ImportFileType, {
    nullable: true,
    description: "An upload of a site or product whose people the viewer may read; null otherwise.",
  })
  async importFile(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The upload." }) id: string,
  ): Promise<ImportFileType | null> {
    const record = await findVisibleImport(context.em, actorOf(context), id);
    return record === null ? null : toImportFileType(record);
  }

  @FieldResolver(() => SiteType, {
    nullable: true,
    description: "The site it goes to; null when it goes to a product.",
  })
  async site(@Root() { record }: ImportFileType, @Ctx() context: Context): Promise<SiteType | null> {
    return record.siteId === null ? null : loadSites(context).load(record.siteId);
  }

  @FieldResolver(() => ProductType, {
    nullable: true,
    description: "The product it goes to; null when it goes to a site.",
  })
  async product(@Root() { record }: ImportFileType, @Ctx() context: Context): Promise<ProductType | null> {
    return record.productId === null ? null : loadProducts(context).load(record.productId);
  }

  @FieldResolver(() => PersonRefType, { description: "Who uploaded it." })
  async createdBy(@Root() root: ImportFileType, @Ctx() context: Context): Promise<PersonRefType> {
    return required(await loadPersonRefs(context).load(root.record.createdBy));
  }

  @FieldResolver(() => ImportRowConnection, { description: "Its rows in file order." })
  async rows(
    @Root() root: ImportFileType,
    @Ctx() context: Context,
    @Arg("first", () => Int, { nullable: true, defaultValue: 25, description: "Page size, 1–100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." }) after:
      | string
      | null,
    @Arg("state", () => ImportRowStateEnum, { nullable: true, description: "Only rows in this state." })
    state: ImportRowState | null,
    @Arg("withProblem", () => Boolean, {
      nullable: true,
      description: "true: only rows with a problem or a warning; false: only rows with neither.",
    })
    withProblem: boolean | null,
  ): Promise<ImportRowConnection> {
    const size = pageSize(first, 25);
    const [afterRow] = decodeCursor(after, 1) ?? [0];
    if (typeof afterRow !== "number") {
      throw apiError("BAD_INPUT", "after: this cursor did not come from this list. Start again without it.");
    }
    const wanted = state ?? null;
    // Every row that is not GOOD has a problem, so the index of rows with one finds it.
    const told = withProblem ?? (wanted === null || wanted === "GOOD" ? null : true);
    const parameters = [root.id, afterRow, size + 1, wanted];
    const rows = await this.#listRows(context, told, parameters);
    const page = toPage(
      rows,
      size,
      after,
      (row) => [row.rowNumber],
      (row) => row,
    );
    return { ...page, countParameters: [root.id, wanted, told] };
  }

  async #listRows(context: Context, told: boolean | null, parameters: unknown[]) {
    if (told === true) {
      return listToldRowsStatement.run(context.em, [...parameters, false]);
    }
    if (told === false) {
      return listUntoldRowsStatement.run(context.em, parameters);
    }
    return listRowsStatement.run(context.em, parameters);
  }
}

/** How many rows match, counted only when it is asked for. */
@Resolver(() => ImportRowConnection)
export class ImportRowConnectionResolver {
  @FieldResolver(() => Int, { description: "Rows that match." })
  async totalCount(@Root() root: ImportRowConnection, @Ctx() context: Context): Promise<number> {
    const [row] = await countRowsStatement.run(context.em, root.countParameters);
    return row?.count ?? 0;
  }
}

/** The uploads of a site, beside the fields that the directory gives it. */
@Resolver(() => SiteType)
export class SiteImportsResolver {
  @FieldResolver(() => [ImportFileType], {
    description: "Its uploads, newest first, at most 50; none for a viewer who may not read its people.",
  })
  async imports(@Root() root: SiteType, @Ctx() context: Context): Promise<ImportFileType[]> {
    if (!canReadImports(actorOf(context), { organizationId: root.organizationId, productId: null })) {
      return [];
    }
    const ofSite = loader(context, "import.ofSite", (siteIds) => listImports(context.em, siteIds));
    return ((await ofSite.load(root.id)) ?? []).map(toImportFileType);
  }
}

/** The uploads of a product, beside the fields that the directory gives it. */
@Resolver(() => ProductType)
export class ProductImportsResolver {
  @FieldResolver(() => [ImportFileType], {
    description: "Its uploads, newest first, at most 50; none for a viewer who may not read its users.",
  })
  async imports(@Root() root: ProductType, @Ctx() context: Context): Promise<ImportFileType[]> {
    const { id: productId, organizationId } = root;
    if (!canReadImports(actorOf(context), { organizationId, productId })) {
      return [];
    }
    const ofProduct = loader(context, "import.ofProduct", (ids) => listProductImports(context.em, ids));
    return ((await ofProduct.load(productId)) ?? []).map(toImportFileType);
  }
}

function required<T>(value: T | null): T {
  if (value === null) {
    throw new Error("A referenced row is gone");
  }
  return value;
}
