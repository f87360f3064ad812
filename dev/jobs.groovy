// The example as it is, but for the two defaults that lead its last check to the sandbox.
def example = new File(System.getenv('IPLB_EXAMPLE')).text
        .replace("name: 'CONNECT_TO', defaultValue: ''", "name: 'CONNECT_TO', defaultValue: '${System.getenv('IPLB_CONNECT_TO')}'")
        .replace("name: 'CA', defaultValue: ''", "name: 'CA', defaultValue: '''${new File(System.getenv('IPLB_CA')).text}'''")

pipelineJob('http2') {
    description('Jenkinsfile.example, on the sandbox.')
    definition {
        cps {
            script(example)
            sandbox()
        }
    }
}

freeStyleJob('stickiness') {
    description('The build steps of a freestyle job, on the sandbox; held in the queue while a refresh runs.')
    properties {
        ovhLoadBalancerSettled {
            loadBalancer('shop')
        }
    }
    steps {
        ovhLoadBalancerChange {
            loadBalancer('shop')
            changes {
                iplbStickiness {
                    protocol('http')
                    farm('app')
                    stickiness('cookie')
                }
            }
        }
        ovhLoadBalancerRefresh {
            loadBalancer('shop')
        }
    }
}
