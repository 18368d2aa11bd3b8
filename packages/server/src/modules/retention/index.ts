export { Sweeper, type RetentionSettings, type SweeperOptions } from "./sweeper.ts";
