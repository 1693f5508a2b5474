package dev.entrepot.server.tracking;

import dev.entrepot.server.access.Caller;
import dev.entrepot.server.access.Role;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.Database;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Who asked for which job. Equal orders of several callers are one job, and it belongs to each of them. */
@Singleton
public final class JobCallers {

    private final Database database;

    JobCallers(Database database) {
        this.database = database;
    }

    /** Notes that somebody asked for a job. */
    public void note(Job job, String caller) throws IOException {
        if (job.submittedBy().equals(caller)) {
            return;
        }
        database.writeRepeatable(transaction -> transaction.update(
                "insert into job_caller (job_id, caller) select ?, ? where not exists"
                        + " (select 1 from job_caller where job_id = ? and caller = ?)",
                job.id(),
                caller,
                job.id(),
                caller));
    }

    /**
     * Refuses those who may not have what is of a job only.
     *
     * @throws ProblemException if it is neither the caller's nor the caller an admin
     */
    void require(Job job, HttpRequest<?> request) throws IOException {
        String name = name(request);
        boolean admin = request.getUserPrincipal()
                .map(principal -> principal instanceof Caller caller && caller.role() == Role.ADMIN)
                .orElse(false);
        if (!admin && !job.submittedBy().equals(name) && !asked(job, name)) {
            throw new ProblemException(Kind.FORBIDDEN, "this is for those who asked for the job, and for admins");
        }
    }

    /** The caller's name. */
    public static String name(HttpRequest<?> request) {
        return request.getUserPrincipal().map(java.security.Principal::getName).orElse("anonymous");
    }

    private boolean asked(Job job, String caller) throws IOException {
        return database.read(transaction -> transaction
                .first(
                        "select job_id from job_caller where job_id = ? and caller = ?",
                        row -> row.getString(1),
                        job.id(),
                        caller)
                .isPresent());
    }
}
