import type { Express } from "express";
import { mountRejectedRoute } from "./rejected.route.ts";
import { mountUploadRoute, type UploadRouteOptions } from "./upload.route.ts";

/** Mounts POST /api/imports and GET /api/imports/:id/rejected.csv. Mount it before any body parser. */
export function mountImportRoutes(app: Express, options: UploadRouteOptions): void {
  mountUploadRoute(app, options);
  mountRejectedRoute(app, options);
}
