"""The requests of OVH's client for Python, in its order: the time once, then each call with a signature, over one connection."""
import hashlib
import http.client
import json
import os
import ssl
import time

SERVICE = '/ipLoadbalancing/' + os.environ['SERVICE']


class Client:
    def __init__(self):
        self.address = 'localhost:' + os.environ['PORT']
        trust = ssl.create_default_context(cafile=os.environ['CURL_CA_BUNDLE'])
        self.connection = http.client.HTTPSConnection(self.address, context=trust)
        self.skew = self._send('GET', '/auth/time', None, {}) - int(time.time())

    def _send(self, method, path, body, headers):
        self.connection.request(method, '/1.0' + path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise RuntimeError('%s %s: %s' % (method, path, text))
        return json.loads(text) if text else None

    def call(self, method, path, body=None):
        text = '' if body is None else json.dumps(body)
        now = str(int(time.time()) + self.skew)
        signed = '+'.join([os.environ['OVH_APPLICATION_SECRET'], os.environ['OVH_CONSUMER_KEY'], method,
                           'https://%s/1.0%s' % (self.address, path), text, now])
        return self._send(method, path, text, {
            'Content-Type': 'application/json',
            'X-Ovh-Application': os.environ['OVH_APPLICATION_KEY'],
            'X-Ovh-Consumer': os.environ['OVH_CONSUMER_KEY'],
            'X-Ovh-Timestamp': now,
            'X-Ovh-Signature': '$1$' + hashlib.sha1(signed.encode()).hexdigest()})
