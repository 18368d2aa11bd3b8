export { MyWorkResolver } from "./my-work.resolver.ts";
