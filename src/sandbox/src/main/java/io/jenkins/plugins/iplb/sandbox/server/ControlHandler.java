package io.jenkins.plugins.iplb.sandbox.server;

import io.jenkins.plugins.iplb.sandbox.control.ControlPlane;
import io.jenkins.plugins.iplb.sandbox.http.ApiRequest;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes the control plane's requests off the API's hands. */
final class ControlHandler extends Handler.Wrapper {
    private final ControlPlane control;

    ControlHandler(ControlPlane control, Handler api) {
        super(api);
        this.control = control;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.isSecure() || !request.getHttpURI().getPath().startsWith(ControlPlane.ROOT)) {
            return super.handle(request, response, callback);
        }
        ApiRequest asked = Requests.read(request);
        new Wire(request, response, callback)
                .send(control.answer(asked.method(), asked.path(), asked.body()), "sandbox");
        return true;
    }
}
