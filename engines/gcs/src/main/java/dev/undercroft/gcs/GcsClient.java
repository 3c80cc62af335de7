package dev.undercroft.gcs;

import com.google.api.client.http.HttpBackOffIOExceptionHandler;
import com.google.api.client.http.HttpBackOffUnsuccessfulResponseHandler;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.HttpUnsuccessfulResponseHandler;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.ExponentialBackOff;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.StorageScopes;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/**
 * Google's client, told who asks and to try again what may succeed the next time. Thread-safe.
 *
 * @param storage the client
 * @param transport its connections
 */
record GcsClient(Storage storage, HttpTransport transport) {

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int LONGEST_RETRIES_MILLIS = 30_000;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int TIMED_OUT = 408;

  static GcsClient of(GcsPlace place) {
    HttpTransport transport = new NetHttpTransport();
    HttpCredentialsAdapter credentials = new HttpCredentialsAdapter(credentials(place));
    HttpRequestInitializer initializer =
        request -> {
          credentials.initialize(request);
          patient(request, credentials);
        };
    Storage.Builder builder =
        new Storage.Builder(transport, GsonFactory.getDefaultInstance(), initializer)
            .setApplicationName("undercroft");
    place.endpoint().ifPresent(endpoint -> builder.setRootUrl(endpoint + "/"));
    return new GcsClient(builder.build(), transport);
  }

  private static GoogleCredentials credentials(GcsPlace place) {
    try (InputStream in = Files.newInputStream(place.keyFile())) {
      return ServiceAccountCredentials.fromStream(in)
          .createScoped(List.of(StorageScopes.DEVSTORAGE_READ_WRITE));
    } catch (IOException | IllegalArgumentException e) {
      // The cause is left out: it might quote the key.
      throw Problem.of(
              "GCS_KEY_FILE",
              ProblemKind.INPUT,
              "the key file " + place.keyFile() + " cannot be used")
          .withDetail(e.getClass().getSimpleName())
          .withRemedy("Set BACKUP_GCS_KEY_FILE to the JSON key of a service account.")
          .exception();
    }
  }

  /** The service asks clients to wait and try again when it answers 408, 429 or 5xx. */
  private static void patient(HttpRequest request, HttpCredentialsAdapter credentials) {
    request.setConnectTimeout(TIMEOUT_MILLIS);
    request.setReadTimeout(TIMEOUT_MILLIS);
    request.setNumberOfRetries(6);
    request.setIOExceptionHandler(new HttpBackOffIOExceptionHandler(backOff()));
    HttpBackOffUnsuccessfulResponseHandler again =
        new HttpBackOffUnsuccessfulResponseHandler(backOff())
            .setBackOffRequired(response ->
                response.getStatusCode() >= 500
                    || response.getStatusCode() == TOO_MANY_REQUESTS
                    || response.getStatusCode() == TIMED_OUT);
    HttpUnsuccessfulResponseHandler both =
        (failed, response, supportsRetry) ->
            credentials.handleResponse(failed, response, supportsRetry)
                || again.handleResponse(failed, response, supportsRetry);
    request.setUnsuccessfulResponseHandler(both);
  }

  private static ExponentialBackOff backOff() {
    return new ExponentialBackOff.Builder()
        .setInitialIntervalMillis(200)
        .setMaxElapsedTimeMillis(LONGEST_RETRIES_MILLIS)
        .build();
  }
}
