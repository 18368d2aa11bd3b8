import { existsSync } from "node:fs";
import path from "node:path";
import compression from "compression";
import express, { type Express } from "express";

/** Serves the built web application: hashed assets forever, every page address as index.html. */
export function mountWebApplication(app: Express, folder: string): void {
  const index = path.join(folder, "index.html");
  if (!existsSync(index)) {
    app.get("/", (_request, response) => {
      response.status(503).type("text").send("The web application is not built yet. Run: pnpm build");
    });
    return;
  }
  // Only the public files: answers that mix secrets with what a caller sent are never compressed (BREACH).
  app.use("/assets", compression());
  app.use("/assets", express.static(path.join(folder, "assets"), { immutable: true, maxAge: "1y" }));
  // A page that was open during an update asks for files of the former build; it must not get a page instead.
  app.use("/assets", (_request, response) => {
    response
      .status(404)
      .json({ error: { code: "NOT_FOUND", message: "There is no such file in this build." } });
  });
  app.use(express.static(folder, { index: false, maxAge: 0 }));
  app.use((request, response, next) => {
    const isPage =
      ["GET", "HEAD"].includes(request.method) && !/^\/(api|graphql)(\/|$)/.test(`${request.path}`);
    // /api itself is the API explorer's page; everything below it is for programs.
    if (!isPage && request.path !== "/api") {
      next();
      return;
    }
    response.setHeader("Cache-Control", "no-cache");
    response.sendFile(index);
  });
}
