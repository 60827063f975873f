process.stdout.write('virtual-school-exchange\n')
