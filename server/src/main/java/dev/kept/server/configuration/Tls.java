package dev.kept.server.configuration;

import dev.kept.server.failure.CannotRun;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says why a connection to a database could not be encrypted and checked as its address asks. */
final class Tls {

    private static final int DEEPEST = 20;

    private Tls() {}

    /** One sentence and what to try; empty where it was not for TLS that the connection failed. */
    static Optional<CannotRun> refused(SQLException error) {
        if (Unreachable.says(error, "HostnameVerifier")) {
            return why(
                    error,
                    "the server's certificate is of another name than the address",
                    "write the host as the certificate does, or give the server a certificate with this name; `sslmode=verify-ca` would take any name");
        }
        if (Unreachable.says(error, "private key file")) {
            return why(
                    error,
                    "the key of the client's certificate cannot be read, or can be read by others than its owner",
                    "`chmod 600` it; it is a PKCS #8 file in DER (`.pk8`), or PKCS #12 (`.p12`) with its certificate");
        }
        if (caused(error, List.of(FileNotFoundException.class, NoSuchFileException.class))) {
            return why(
                    error,
                    "a file of certificates or keys that the address names, or takes by default, is not there",
                    "`sslrootcert=FILE` in the URL names the certificate of the authority that signed the server's (by default"
                            + " `~/.postgresql/root.crt`)");
        }
        if (caused(error, List.of(CertificateExpiredException.class, CertificateNotYetValidException.class))) {
            return why(
                    error,
                    "the server's certificate is not valid at this time",
                    "renew it at the server, and see that the clocks are right");
        }
        if (caused(error, List.of(CertPathBuilderException.class, CertPathValidatorException.class))) {
            return why(
                    error,
                    "the server's certificate is signed by nobody who is trusted",
                    "`sslrootcert=FILE` in the URL names the certificate of the authority that signed it");
        }
        if (caused(error, List.of(SSLException.class, GeneralSecurityException.class))) {
            return why(
                    error,
                    "the connection could not be encrypted as the address asks",
                    "see `sslmode`, `sslrootcert`, `sslcert` and `sslkey` in the URL, and `ssl` at the server");
        }
        return Optional.empty();
    }

    private static Optional<CannotRun> why(SQLException error, String problem, String advice) {
        return Optional.of(new CannotRun(problem, advice, error));
    }

    private static boolean caused(SQLException error, List<Class<? extends Throwable>> kinds) {
        return Stream.iterate((Throwable) error, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(cause -> kinds.stream().anyMatch(kind -> kind.isInstance(cause)));
    }
}
