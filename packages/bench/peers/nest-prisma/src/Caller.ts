import { createParamDecorator, type ExecutionContext } from "@nestjs/common";

/** Who sends a request, as its token says. */
export interface Caller {
  readonly tenantId: string;
  readonly actorId: string;
  readonly actorType: string;
  readonly roles: ReadonlyArray<string>;
}

export interface CallerRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  caller?: Caller;
}

/** The caller that `JwtGuard` let in. */
export const TheCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<CallerRequest>().caller,
);

/** One header; unlike Nest's own decorator it takes pipes. */
export const TheHeader = createParamDecorator(
  (name: string, context: ExecutionContext) => context.switchToHttp().getRequest<CallerRequest>().headers[name],
);
