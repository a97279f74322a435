/** The HTTP API: the contract, the app that serves it, and ZMOS's own way to know people. */
export { Api } from "./api/Api.ts";
export type { AppOptions, PrincipalOf, Services } from "./AppOptions.ts";
export { AccessTokens, type Bearer } from "./auth/AccessTokens.ts";
export { SignIn } from "./auth/SignIn.ts";
export * as TokenAuthentication from "./auth/TokenAuthentication.ts";
export { createApp } from "./CreateApp.ts";
export { Problem, problems, type ProblemTag, type ProblemType } from "./Problem.ts";
export { CannotListen, PortTaken, serve, type ServeOptions, type Serving } from "./Serve.ts";
