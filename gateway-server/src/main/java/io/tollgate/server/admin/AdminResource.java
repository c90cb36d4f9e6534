package io.tollgate.server.admin;

import java.util.function.Function;

/** One path of the admin port. Answers on a virtual thread: may block. */
public interface AdminResource {
    /** The HTTP method it takes; HEAD goes with GET. */
    String method();

    /** Answers, or throws {@link AdminProblem}. */
    AdminAnswer answer(AdminRequest request);

    /** Something to read. */
    static AdminResource get(Function<AdminRequest, AdminAnswer> answer) {
        return of("GET", answer);
    }

    /** Something to do. */
    static AdminResource post(Function<AdminRequest, AdminAnswer> answer) {
        return of("POST", answer);
    }

    private static AdminResource of(String method, Function<AdminRequest, AdminAnswer> answer) {
        return new AdminResource() {
            @Override
            public String method() {
                return method;
            }

            @Override
            public AdminAnswer answer(AdminRequest request) {
                return answer.apply(request);
            }
        };
    }
}
