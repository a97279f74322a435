/** ZMOS, the movement and fitness operating system: its doors, its words, and how they are put together. */
export * from "./kernel/index.ts";
export * from "./platform/index.ts";
export * from "./pulseloop/index.ts";
export * from "./moveos/index.ts";
export * from "./carepath/index.ts";
export * from "./corporate/index.ts";
export * from "./integrations/index.ts";
export * as Zmos from "./Zmos.ts";
