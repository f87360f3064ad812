pipelineJob('http2') {
    description('Jenkinsfile.example, on the sandbox.')
    definition {
        cps {
            script(new File(System.getenv('IPLB_EXAMPLE')).text)
            sandbox()
        }
    }
}

freeStyleJob('stickiness') {
    description('The build steps of a freestyle job, on the sandbox.')
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
