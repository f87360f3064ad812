"""Makes sure of a route and its rule, all by names. Prints whether it had to. With a URL it goes on to the end of OVH's guide:
refreshes, waits until that is done, and sees that the URL's host speaks HTTP/2."""
import os
import socket
import ssl
import sys
import time
import urllib.parse

from client import SERVICE, Client

TCP = SERVICE + '/tcp'


def named(client, kind, name):
    for number in client.call('GET', '%s/%s' % (TCP, kind)):
        found = client.call('GET', '%s/%s/%d' % (TCP, kind, number))
        if found.get('displayName') == name:
            return found
    return None


def ensure_route(client, frontend_name, farm_name, route_name, pattern):
    frontend = named(client, 'frontend', frontend_name)
    farm = named(client, 'farm', farm_name)
    route = named(client, 'route', route_name)
    changed = False
    if route is None:
        route = client.call('POST', TCP + '/route', {
            'displayName': route_name,
            'frontendId': frontend['frontendId'],
            'action': {'type': 'farm', 'target': str(farm['farmId'])}})
        changed = True
    rule = {'field': 'protocol', 'match': 'is', 'pattern': pattern}
    if not any(rule.items() <= there.items() for there in route.get('rules') or []):
        client.call('POST', '%s/route/%d/rule' % (TCP, route['routeId']), rule)
        changed = True
    print('changed' if changed else 'nothing to change')


def refresh(client):
    task = client.call('POST', SERVICE + '/refresh')
    while task['status'] != 'done':
        time.sleep(1)
        task = client.call('GET', '%s/task/%d' % (SERVICE, task['id']))


def ask(url):
    trust = ssl.create_default_context(cafile=os.environ['CURL_CA_BUNDLE'])
    trust.set_alpn_protocols(['h2', 'http/1.1'])
    host, port = os.environ['CONNECT_TO'].split(':')
    name = urllib.parse.urlsplit(url).hostname
    with socket.create_connection((host, int(port))) as plain, trust.wrap_socket(plain, server_hostname=name) as secured:
        print(secured.selected_alpn_protocol())
        return secured.selected_alpn_protocol() == 'h2'


if __name__ == '__main__':
    ovh = Client()
    ensure_route(ovh, *sys.argv[1:5])
    if len(sys.argv) > 5:
        refresh(ovh)
        sys.exit(0 if ask(sys.argv[5]) else 1)
