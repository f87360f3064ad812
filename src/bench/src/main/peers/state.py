"""Prints the whole configuration of a load balancer, object by object."""
import json

from client import SERVICE, Client


def everything(client, path):
    objects = []
    for number in client.call('GET', path):
        found = client.call('GET', '%s/%d' % (path, number))
        if path.endswith('/farm'):
            found['servers'] = everything(client, '%s/%d/server' % (path, number))
        objects.append(found)
    return objects


if __name__ == '__main__':
    ovh = Client()
    state = {'service': ovh.call('GET', SERVICE)}
    for protocol in ('http', 'tcp'):
        for kind in ('farm', 'frontend', 'route'):
            state['%s/%s' % (protocol, kind)] = everything(ovh, '%s/%s/%s' % (SERVICE, protocol, kind))
    print(json.dumps(state))
